"""Preparing: all that becomes of an article in the record, as far as its own words tell it. Nothing here asks the record.

It is more than half the work of storing, and it is done where the article is coded, in as many processes as there are. What
comes back is as plain as can be, since it goes from process to process: the writer only puts it into the tables.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from waqai.knowledge.codebook import Codebook
from waqai.model.article import Article
from waqai.model.control import Holding
from waqai.model.mention import Actor, Place
from waqai.model.report import Report
from waqai.records_reading import ArticleFacts, Packing
from waqai.store.likeness import Look, look
from waqai.store.rows import (
    PlaceNamed,
    ReportRows,
    Row,
    actor_row,
    holding_row,
    place_row,
    report_rows,
    source_key,
    source_row,
    words_row,
)
from waqai.store.word_index import Indexed, indexed
from waqai.store.words import folded_lines, folded_words

_HALF = re.compile("[\ud800-\udfff]")
_PACKING = Packing(0)  # it packs only, and remembers nothing for that


class NotStorable(ValueError):
    """An article cannot be kept as it is; one sentence that names it."""


class Named(NamedTuple):
    """Whom, where and whose words reports or holdings name, each once, as rows; of a place its own point, not one "near" it."""

    places: tuple[PlaceNamed, ...] = ()
    actors: tuple[tuple[str, ...], ...] = ()
    sources: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with what was found in it, as it goes into the record.

    Of the article's row, and those of its reports and holdings, only what the record itself gives is missing: numbers, the day
    from which it is known where it tells none, when it was stored, by which coder.
    """

    key: str
    row: Row
    published: dt.date | None
    reports: tuple[ReportRows, ...]
    named: Named
    holdings: tuple[Row, ...]
    held: Named
    words: Indexed
    look: Look

    @property
    def length(self) -> int:
        """How many characters its text has."""
        return len(self.row["text"])


def prepare(
    article: Article, found: Iterable[Report], held: Iterable[Holding], codebook: Codebook, dialect: str
) -> Prepared:
    """An article with its reports and holdings as a record in a database of this dialect keeps it.

    Raises NotStorable when reports are not of this article, two have one id, a type is not in the codebook or a text is no Unicode.
    """
    key, reports, holdings = article.key, tuple(found), tuple(held)
    _check(article, key, reports, holdings, codebook)
    published = article.published.day if article.published else None
    facts = ArticleFacts(key, article.id, key, article.outlet, published, published or dt.date.min)
    lines = folded_lines(article.text)
    return Prepared(
        key,
        words_row(article, key),
        published,
        tuple([report_rows(report, facts, codebook, _PACKING) for report in reports]),
        _named(reports),
        tuple([holding_row(holding) for holding in holdings]),
        Named(_places(one.place for one in holdings), _actors(one.actor for one in holdings if one.actor)),
        indexed(folded_words(article.title), list(chain.from_iterable(lines)), dialect),
        look(lines, published),
    )


def once(found: Iterable[PlaceNamed]) -> dict[str, PlaceNamed]:
    """Each place once, by its id and its own point before that of "near" it: one statement must not meet a key twice."""
    places: dict[str, PlaceNamed] = {}
    for place in found:
        if place.id not in places or not places[place.id].own:
            places[place.id] = place
    return places


def _named(reports: Sequence[Report]) -> Named:
    claims = [claim for report in reports for claim in report.claims]
    groups = (*((r.actor1, r.actor2) for r in reports), *((claim.blames,) for claim in claims))
    sources = {source_key(one.source): one.source for claim in claims for one in claim.chain}
    return Named(
        _places(report.place.place for report in reports if report.place),
        _actors(one.actor for group in groups for part in group for one in part),
        tuple(map(source_row, sources.values())),
    )


def _places(found: Iterable[Place]) -> tuple[PlaceNamed, ...]:
    return tuple(once(map(place_row, dict.fromkeys(found))).values())


def _actors(found: Iterable[Actor]) -> tuple[tuple[str, ...], ...]:
    """Each actor once: as it was named last."""
    return tuple(map(actor_row, {actor.id: actor for actor in found}.values()))


def _check(
    given: Article, key: str, reports: Sequence[Report], holdings: Sequence[Holding], codebook: Codebook
) -> None:
    if _HALF.search("".join((given.id, given.title, given.text, given.outlet or "", given.url or ""))):
        raise NotStorable(f"article {given.id!a}: it holds half a character (a surrogate), which no database keeps")
    ids = [report.id for report in reports] + [holding.id for holding in holdings]
    if len(set(ids)) < len(ids):
        raise NotStorable(f"article {given.id}: the coder gave two reports one id")
    for report in reports:
        if report.article_key != key:
            raise NotStorable(f"article {given.id}: report {report.id} is of another article")
        if report.sub_event_type not in codebook.event_types:
            raise NotStorable(f"article {given.id}: the type {report.sub_event_type!r} is not in the codebook")
