"""Reviewed articles of a record, written as gold: one file for each article whose reports are all judged."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import select

from waqai.exports.facts import ExportError
from waqai.exports.files import whole_files
from waqai.exports.gold import ReviewedArticle, corrected, event_of, file_name, gold_json
from waqai.knowledge.exports import load_exports
from waqai.knowledge.files import load_files
from waqai.model.decision import Decision
from waqai.queries.articles import articles_fitting
from waqai.queries.review_verdicts import OF_ARTICLES, Verdicts, corrections, verdicts
from waqai.store.decisions import holding, journal
from waqai.store.reading import StoredReport, articles_by_number, reports_of
from waqai.store.schema import articles, decisions, reports
from waqai.store.statements import chunks

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.queries.filters import Filter

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Gold:
    """What was written: articles and their events, how many articles somebody read to the end, and how many were left out because
    a report of theirs is not judged yet, or nobody is sure of it."""

    articles: int
    events: int
    whole: int
    unfinished: int


def write_gold(connection: "Connection", filter: "Filter", folder: str) -> Gold:
    """Write the reviewed articles that fit into a folder, which is made, or is empty; all files or none.

    An article is reviewed when each of its reports is accepted or rejected (what was said last holds), and it has one, or
    somebody said that nothing is missing in it. Raises ExportError when the folder cannot be used, OSError when a file cannot
    be written.
    """
    _check(folder)
    found, unfinished = reviewed(connection, filter)
    known = load_exports(load_files())
    countries = {code: one.name for code, one in known.countries.items()}
    if found:
        os.makedirs(folder, exist_ok=True)
    names = [file_name(one) for one in found]
    if len({name.casefold() for name in names}) < len(names):
        names = [f"{one.key[:16]}.json" for one in found]
    for begin in range(0, len(found), _CHUNK):
        paths = [os.path.join(folder, name) for name in names[begin : begin + _CHUNK]]
        with whole_files(paths) as streams:
            for one, stream in zip(found[begin : begin + _CHUNK], streams, strict=True):
                stream.write(orjson.dumps(gold_json(one, countries), option=orjson.OPT_INDENT_2) + b"\n")
    return Gold(len(found), sum(len(one.events) for one in found), sum(one.whole for one in found), unfinished)


def _check(folder: str) -> None:
    path = Path(folder)
    if path.exists() and not path.is_dir():
        raise ExportError(f"cannot write {folder!r}: gold is a folder of files, and this is a file")
    if path.is_dir() and any(path.iterdir()):
        raise ExportError(f"cannot write {folder!r}: it is not empty, and what is no gold would be read as gold")
    if not path.is_dir() and not path.parent.is_dir():
        raise ExportError(f"cannot write {folder!r}: no such folder")


def reviewed(connection: "Connection", filter: "Filter") -> tuple[list[ReviewedArticle], int]:
    """The reviewed articles that fit, by number, and how many were begun and are not reviewed whole."""
    said = verdicts(connection)
    asked = journal(connection, decisions.c.action.in_((*OF_ARTICLES, "undo")))
    about = [one for one in holding(asked) if one.action in OF_ARTICLES]
    numbers = _begun(connection, filter, said, about)
    found = []
    for begin in range(0, len(numbers), _CHUNK):
        found += list(_reviewed(connection, numbers[begin : begin + _CHUNK], said, about))
    return found, len(numbers) - len(found)


def _begun(connection: "Connection", filter: "Filter", said: Verdicts, about: Sequence[Decision]) -> list[int]:
    """The numbers of the articles that fit and of which anything was said."""
    numbers = {one.number for one in said.here.values()}
    keys = {one.bounds[0].article_key for one in about}
    begun: set[int] = set()
    for some in chunks(sorted(numbers), _CHUNK):
        begun.update(connection.scalars(select(reports.c.article).where(reports.c.number.in_(some))))
    for named in chunks(sorted(keys), _CHUNK):
        begun.update(
            connection.scalars(select(articles.c.number).where(articles.c.key.in_(named), articles.c.newer.is_(None)))
        )
    fitting = articles_fitting(connection, filter)
    if fitting is not None:
        begun &= set(connection.scalars(fitting))
    return sorted(begun)


def _reviewed(
    connection: "Connection", numbers: Sequence[int], said: Verdicts, about: Sequence[Decision]
) -> Iterator[ReviewedArticle]:
    held = articles_by_number(connection, numbers)
    edits = corrections(connection, [one.key for one in held.values()])
    for number in numbers:
        stored = held[number]
        told = [one for one in reports_of(connection, number) if one.superseded is None]
        of_it = [one for one in about if one.bounds[0].article_key == stored.key]
        whole = any(one.action == "whole" for one in of_it)
        if not _judged(told, said) or not (told or whole):
            continue
        accepted = [one for one in told if _verdict(said, one.id) == "accept"]
        events = [corrected(one.record, edits.get(one.id, ())) for one in accepted]
        events += [event_of(**orjson.loads(one.value or "{}")) for one in of_it if one.action == "add"]
        persons = {person for one in told for person in said.by_report.get(one.id, {})} | {one.person for one in of_it}
        day = stored.article.published
        yield ReviewedArticle(
            stored.key, stored.article.id, day.day.isoformat() if day else None, day.basis if day else None,
            tuple(events), tuple(sorted(persons)), whole,
        )  # fmt: skip


def _judged(told: Sequence[StoredReport], said: Verdicts) -> bool:
    return all(_verdict(said, one.id) in ("accept", "reject") for one in told)


def _verdict(said: Verdicts, report: str) -> str | None:
    last = said.last(report)
    return last.verdict if last else None
