"""An open record, to be asked from Python what the commands answer on the command line."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import orjson

from waqai.exports.facts import ArticleFacts, Form, Happening, Kept, Level
from waqai.exports.flat import (
    INCIDENT_COLUMNS,
    REPORT_TABLE,
    FlatColumn,
    incident_row,
)
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import load_files
from waqai.model.control import Interval
from waqai.model.incident import Incident
from waqai.model.report import Report
from waqai.queries.articles import articles_fitting
from waqai.queries.control import control_lines
from waqai.queries.inventory import ActorCount, PlaceCount, SourceCount, actors_in, places_in, sources_in
from waqai.record.answers import Answers, Found, Held
from waqai.record.asking import Condition, Conditions, filter_from, query_of
from waqai.record.errors import WaqaiError, told
from waqai.record.exporting import Exported, Wish, write_export
from waqai.record.loading import article_facts, happenings, tellings
from waqai.record.rows import (
    ACTOR_TABLE,
    COMPARED_TABLE,
    CONTROL_TABLE,
    HIT_TABLE,
    PLACE_TABLE,
    SOURCE_TABLE,
    STATS_TABLE,
    Day,
    day_of,
    found_compared,
    found_hit,
    found_interval,
    found_plain,
    found_report,
)
from waqai.store.opening import Store
from waqai.store.reading import StoredArticle, article_by_doc_id, article_by_key
from waqai.store.text_search import Hit, search

if TYPE_CHECKING:
    from waqai.knowledge.comparison import Dataset
    from waqai.queries.comparing import Comparison
    from waqai.queries.stats import Dimension, StatsRow


class Comparing(Held[Any]):
    """The pairs of a comparison and what has none; `summary` says what was compared and what could not be."""

    def __init__(self, summary: "Comparison") -> None:
        super().__init__([found_compared(row) for row in summary.rows], COMPARED_TABLE)
        self.summary = summary


class Record:
    """An open record. Close it, or use it in a `with` statement.

    The conditions of all questions are those of the command's options, as keyword arguments: `type`, `actor`, `camp`, `role`,
    `place`, `governorate`, `country`, `pcode`, `bbox`, `polygon` (a GeoJSON file), `from_` and `to` (days), `source`,
    `outlet`, `modality`, `background`, `grade`, `min_killed`, `words`, `as_of`, `incident`. Where several values may be
    given, give a list. A name the record does not hold raises WaqaiError, with the names that are near.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._codebook: Codebook = load_codebook(load_files())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the record go."""
        self._store.close()

    def incidents(self, *, limit: int | None = None, **conditions: Condition) -> Answers[Incident]:
        """What happened, as all reports of it tell it, by day; at most `limit`. With `as_of`, as it was known on that day."""

        def ask() -> Iterator[Found[Incident]]:
            with self._store.read() as connection:
                for one in happenings(connection, filter_from(connection, conditions), limit=limit):
                    yield self._incident(one)

        return Answers(ask, INCIDENT_COLUMNS)

    def _incident(self, one: Happening) -> Found[Incident]:
        from waqai.records_incidents import incident_json

        return Found(
            one.incident,
            lambda: incident_row(one, self._codebook),
            lambda: incident_json(one.incident, self._codebook),
        )

    def reports(self, *, limit: int | None = None, **conditions: Condition) -> Answers[Report]:
        """The coded events, one for each article that tells of it, by day; at most `limit`."""

        def ask() -> Iterator[Found[Report]]:
            with self._store.read() as connection:
                for one in tellings(connection, filter_from(connection, conditions), limit):
                    yield found_report(one, self._codebook)

        return Answers(ask, REPORT_TABLE)

    def control(
        self,
        *,
        at: Day | None = None,
        between: tuple[Day, Day] | None = None,
        status: str | Sequence[str] = (),
        **conditions: Condition,
    ) -> Answers[Interval]:
        """Who held which place from when to when: on the day `at`, on any day `between` two, or at all."""
        days = (day_of(between[0]), day_of(between[1])) if between else None
        statuses: Any = [status] if isinstance(status, str) else list(status)

        def ask() -> Iterator[Found[Interval]]:
            with self._store.read() as connection:
                filter = filter_from(connection, conditions)
                for line in control_lines(
                    connection, filter, at=day_of(at) if at else None, between=days, statuses=statuses
                ):
                    yield found_interval(orjson.loads(line))

        return Answers(ask, CONTROL_TABLE)

    def search(self, words: str, *, limit: int = 100, **conditions: Condition) -> Answers[Hit]:
        """The articles that hold all of the words, a "phrase" or a beginn*, the best first, with the matches' places.

        `from_`, `to` and `outlet` are conditions of the article itself, all others of its reports: one has to fit them all.
        """

        def ask() -> Iterator[Found[Hit]]:
            with self._store.read() as connection:
                within = articles_fitting(connection, filter_from(connection, conditions))
                after: tuple[float, int] | None = None
                left = limit
                while left > 0 and (hits := search(connection, words, min(left, 100), after, within)):
                    yield from map(found_hit, hits)
                    after, left = hits[-1].cursor, left - len(hits)

        return Answers(ask, HIT_TABLE)

    def places(self, name: str | None = None, **conditions: Condition) -> Answers[PlaceCount]:
        """The places named, with how many reports and incidents, most first; `name` asks for those that hold it."""
        return self._counted(places_in, PLACE_TABLE, name, conditions)

    def actors(self, name: str | None = None, **conditions: Condition) -> Answers[ActorCount]:
        """The actors named, with how many reports and incidents, most first."""
        return self._counted(actors_in, ACTOR_TABLE, name, conditions)

    def sources(self, name: str | None = None, **conditions: Condition) -> Answers[SourceCount]:
        """The sources quoted, with how many reports and incidents, most first."""
        return self._counted(sources_in, SOURCE_TABLE, name, conditions)

    def _counted(
        self, count: Any, columns: Sequence[FlatColumn], name: str | None, conditions: Conditions
    ) -> Answers[Any]:
        def ask() -> Iterator[Found[Any]]:
            with self._store.read() as connection:
                for one in count(connection, filter_from(connection, conditions), name):
                    yield found_plain(one)

        return Answers(ask, columns)

    def stats(
        self, by: "str | Sequence[Dimension]" = "month", *, of: Level = "incidents", **conditions: Condition
    ) -> "Answers[StatsRow]":
        """Counts by up to three of day, week, month, year, type, event-type, modality, grade, actor, camp, place,
        governorate, country and source, beside the articles and outlets of the time; see `waqai stats --help`."""
        from waqai.queries.conditions import SUBJECTS
        from waqai.queries.stats import stats

        names: Any = [name.strip() for name in by.split(",")] if isinstance(by, str) else list(by)

        def ask() -> Iterator[Found[Any]]:
            with self._store.read() as connection:
                found = stats(connection, filter_from(connection, conditions), names, SUBJECTS[of])
            for row in found.rows:
                yield found_plain(row, dict(zip(found.by, row.keys, strict=True)), skip=("keys",))

        return Answers(ask, [*(FlatColumn(name, "text") for name in names), *STATS_TABLE])

    def export(
        self,
        *,
        to: Form,
        path: str,
        of: Level | None = None,
        include: Iterable[Kept] = (),
        redact_persons: bool = False,
        round_coordinates: float | None = None,
        **conditions: Condition,
    ) -> Exported:
        """Write what fits as ACLED, UCDP, PLOVER, GDELT, GeoJSON, Parquet or CSV have it, with a sidecar; docs/EXPORTS.md.

        Raises WaqaiError when it cannot be made as asked, OSError when a file cannot be written.
        """
        wish = Wish(to, str(path), of, frozenset(include), redact_persons, round_coordinates)
        with told(), self._store.read() as connection:
            return write_export(connection, filter_from(connection, conditions), query_of(conditions), wish)

    def compare(
        self,
        path: str,
        *,
        dataset: "Dataset | None" = None,
        km: float = 20.0,
        days: int = 2,
        types: bool = True,
        **conditions: Condition,
    ) -> Comparing:
        """Set the incidents beside a file of ACLED, UCDP or GDELT: matched, missing, extra; see `waqai compare --help`.

        Two events may be one when their points are at most `km` apart (both being exact), their days at most `days`, and
        their types go together (unless `types` is False).
        """
        from waqai.knowledge.comparison import load_comparison
        from waqai.queries.comparing import Tolerance, compare
        from waqai.queries.comparison_files import open_dataset

        known = load_comparison(load_files(), self._codebook)
        with told(), self._store.read() as connection, open_dataset(str(path), dataset) as theirs:
            filter = filter_from(connection, conditions)
            return Comparing(compare(connection, filter, theirs, known, Tolerance(km, days, types)))

    def article(self, doc_id: str) -> StoredArticle:
        """The article with this label (the version that counts) or this key; WaqaiError when there is none."""
        with told(), self._store.read() as connection:
            found = article_by_doc_id(connection, doc_id) or article_by_key(connection, doc_id)
        if found is None:
            raise WaqaiError(f"there is no article {doc_id[:60]!r} in this record")
        return found

    def facts(self, keys: Iterable[str]) -> dict[str, ArticleFacts]:
        """What the record knows of the articles with these keys, by key: title, outlet, address, days."""
        with told(), self._store.read() as connection:
            return article_facts(connection, keys)
