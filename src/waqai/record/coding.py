"""Coding a text, reading inputs, building and opening a record: what `waqai code`, `read`, `mentions` and `build` do."""

import datetime as dt
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from waqai.record.answers import Found, Held
from waqai.record.errors import WaqaiError, told

if TYPE_CHECKING:
    from waqai.building import Built
    from waqai.exports.facts import ArticleFacts
    from waqai.model.article import Article, Published
    from waqai.model.mention import Mention
    from waqai.model.report import Report
    from waqai.pipeline import Pipeline
    from waqai.reading.outcome import Skipped
    from waqai.record.record import Record

Day = str | dt.date
Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


def code(
    text: str,
    *,
    title: str = "",
    published: Day | None = None,
    outlet: str | None = None,
    url: str | None = None,
    id: str = "text",
    coder: str = "grammar",
) -> "Held[Report]":
    """The events that a text reports, in its order. Without `published`, "yesterday" can be dated only when the text says its day.

    Raises WaqaiError for a day that is none and a coder that is not installed.

    >>> found = code("قصف الطيران الحربي بلدة مهين أمس السبت وقتل ثلاثة مدنيين.", published="2015-11-01")
    >>> found[0].sub_event_type, found[0].place.place.name_en, found[0].killed
    ('Air/drone strike', 'Mahin', (3, 3))
    """
    from waqai.exports.facts import Telling
    from waqai.exports.flat import REPORT_TABLE
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files
    from waqai.record.rows import found_report

    article = _article(text, title, published, outlet, url, id)
    codebook, facts = load_codebook(load_files()), _facts(article)
    reports = _pipeline(coder).reports(article)
    return Held([found_report(Telling(report, facts, None), codebook) for report in reports], REPORT_TABLE)


def find_mentions(text: str, *, title: str = "", published: Day | None = None) -> "Held[Mention[Any]]":
    """What a text names: actors, places, persons, dates, numbers, weapons, sources, in reading order.

    >>> [mention.kind for mention in find_mentions("سيطر تنظيم الدولة على بلدة مهين")]
    ['actor', 'place']
    """
    from waqai.exports.flat import columns_of
    from waqai.records import MENTION_COLUMNS, in_reading_order, mention_json, mention_row

    article = _article(text, title, published, None, None, "text")
    pipeline = _pipeline("grammar")
    made = []
    for mention in in_reading_order(pipeline.mentions(pipeline.clean(article))):
        json = mention_json(article.id, mention)
        made.append(Found(mention, lambda json=json: mention_row(json), lambda json=json: json))  # type: ignore[misc]
    whole, number = ("start", "end", "precision"), ("lat", "lon", "low", "high")
    types = {**dict.fromkeys(whole, ":whole"), **dict.fromkeys(number, ":number")}
    return Held(made, columns_of(" ".join(f"{name}{types.get(name, '')}" for name in MENTION_COLUMNS)))


def read(paths: Paths, *, skipped: "Callable[[Skipped], None] | None" = None) -> "Iterator[Article]":
    """The articles of files and folders in any form that the command reads.

    What cannot be read is given to `skipped`; without it WaqaiError is raised, so that nothing is dropped in silence.
    """
    from waqai.model.article import Article
    from waqai.reading.inputs import read_inputs
    from waqai.reading.outcome import InputError

    try:
        for found in read_inputs(_paths(paths)):
            if isinstance(found, Article):
                yield found
            elif skipped is None:
                raise WaqaiError(f"skipped {found}")
            else:
                skipped(found)
    except InputError as error:
        raise WaqaiError(str(error)) from error


def build(
    inputs: Paths,
    db: str | os.PathLike[str],
    *,
    jobs: int = 1,
    recode: bool = False,
    coder: str = "grammar",
    published: Day | None = None,
    skipped: "Callable[[Skipped], None] | None" = None,
    say: Callable[[str], None] | None = None,
) -> "Built":
    """Read, code and store articles in the record `db` (made when it is not there), and derive incidents and control.

    What is new is told in what comes back. What cannot be read or coded is given to `skipped` (without it WaqaiError is
    raised, and what was stored before it stays). `published` is the day of articles that have none. `say` gets a line
    when another build has to be waited for. Raises WaqaiError as the command fails.
    """
    from waqai.building import Plan, building
    from waqai.model.article import Article
    from waqai.reading.inputs import read_inputs
    from waqai.reading.outcome import InputError, Skipped
    from waqai.store.opening import open_store

    day = _published(published)

    def items() -> "Iterator[Article | Skipped]":
        for found in read_inputs(_paths(inputs)):
            dated = isinstance(found, Article) and found.published is None and day is not None
            yield replace(found, published=day) if isinstance(found, Article) and dated else found

    silent: Callable[[str], None] = say or (lambda line: None)
    try:
        with told():
            store = open_store(os.fspath(db), create=True, say=silent)
            try:
                with building(store, Plan(coder, jobs, recode), silent) as made:
                    for outcome in made.outcomes(items()):
                        if isinstance(outcome, Skipped):
                            if skipped is None:
                                made.keep()
                                raise WaqaiError(f"skipped {outcome}")
                            skipped(outcome)
                    return made.finish()
            finally:
                store.close()
    except InputError as error:
        raise WaqaiError(str(error)) from error


def open_record(db: str | os.PathLike[str] | None = None) -> "Record":
    """The record at `db`, a file or a `postgresql://` address; without it $WAQAI_DB, else waqai.db.

    Raises WaqaiError when it is not there, is no record, or comes from a newer version.
    """
    from waqai.record.record import Record
    from waqai.store.opening import open_store

    with told():
        return Record(open_store(os.fspath(db) if db is not None else os.environ.get("WAQAI_DB") or "waqai.db"))


@cache
def _pipeline(coder: str) -> "Pipeline":
    from waqai.pipeline import open_pipeline

    try:
        return open_pipeline(coder)
    except (LookupError, ValueError) as error:
        raise WaqaiError(str(error)) from error


def _article(text: str, title: str, day: Day | None, outlet: str | None, url: str | None, id: str) -> "Article":
    from waqai.model.article import Article

    return Article(id, text, title, _published(day), outlet, url)


def _facts(article: "Article") -> "ArticleFacts":
    from waqai.exports.facts import ArticleFacts

    day = article.published.day if article.published else None
    return ArticleFacts(
        article.key, article.id, article.title, article.outlet, article.url, article.language, day, None, article.synthetic
    )  # fmt: skip


def _published(day: Day | None) -> "Published | None":
    from waqai.model.article import Published
    from waqai.record.rows import day_of

    return None if day is None else Published(day_of(day), "record")


def _paths(paths: Paths) -> list[str]:
    return [os.fspath(paths)] if isinstance(paths, str | os.PathLike) else [os.fspath(path) for path in paths]
