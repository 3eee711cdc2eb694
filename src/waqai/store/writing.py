"""Writing articles with their reports into a record, in batches that are kept whole or not at all.

What has to be derived later is put into `pending` in the same transaction:

- ("report", id) for each new report, each report that stands in one component with a report that left, and each report of an
  article whose first copy is another one now. A report that is not there any more, or is superseded, is none to look at.
- ("incident", id) for an incident that a report has left: it may have none any more.
- ("place", id) for each place of which a holding came or left.

A report leaves when its article is coded again (it is deleted), or when a newer version of the article comes (its
`superseded` is set, its incident and component are null).
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import Connection, bindparam, func, select, update

from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.model.control import Holding
from waqai.model.report import Report
from waqai.records_reading import ArticleFacts, Packing
from waqai.store.adding import Stored, add_holdings, add_reports
from waqai.store.copies import Copies, Text
from waqai.store.counted import keep_full
from waqai.store.leaving import remove_reports, restore_reports, supersede_reports
from waqai.store.opening import Store
from waqai.store.publications import Given, Standing, add_publications, move, order, publication, standings
from waqai.store.reading import facts_of
from waqai.store.rows import article_row, label
from waqai.store.schema import articles
from waqai.store.statements import chunks, insert_rows
from waqai.store.word_index import Words, add_words
from waqai.store.words import folded_lines, folded_words

BATCH = 500
"""Articles that are kept together."""
_CHARACTERS = 20_000_000  # a batch is kept earlier when its texts are this long
_OF_A_REPORT = 2_000  # characters that a report counts for
_CHUNK = 5000
_NOTED = 20_000  # publications that are kept together
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class New:
    """What was new: articles, those of them that are copies of another one or newer versions of one with their label;
    articles coded again; reports and holdings. What is a copy is only known for certain when all have come: one that was the
    earliest of its text is one when an earlier one comes, which counts then."""

    articles: int = 0
    copies: int = 0
    versions: int = 0
    recoded: int = 0
    reports: int = 0
    holdings: int = 0
    same: int = 0  # articles whose title and text were there already, under another label, outlet or day

    def __add__(self, other: "New") -> "New":
        return New(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class _Coded:
    """An article with what a coder found in it."""

    key: str
    article: Article
    reports: tuple[Report, ...]
    holdings: tuple[Holding, ...]
    coder: str


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Writer:
    """Puts articles into a record. `flush` at the end, or use it in a `with`: then what is held is kept unless it failed.

    With `recode`, articles that are there get the new reports even where the same coder made the old ones.
    `new` counts everything that this writer has kept.
    """

    def __init__(
        self, store: Store, *, recode: bool = False, batch: int = BATCH, now: Callable[[], dt.datetime] = _now
    ) -> None:
        self.store, self.new = store, New()
        self._recode, self._batch, self._now = recode, batch, now
        self._codebook: Codebook = load_codebook(load_files())
        self._packing, self._copies = Packing(), Copies()
        self._held: dict[str, _Coded] = {}
        self._seen: list[Article] = []
        self._size, self._since, self._same = 0, 0, 0

    def add(
        self,
        article: Article,
        found: Iterable[Report],
        held: Iterable[Holding] = (),
        coder: str = "",
    ) -> New:
        """Take an article with the reports and holdings that `coder` (its name, version, knowledge) found in it; what was
        new in the batch that was kept with it, nothing while it is only held.

        The same article once more is nothing new. Raises ValueError when reports are not of this article, two have one id,
        a type is not in the codebook or a text is no Unicode, and StoreError when the record cannot be written.
        """
        coded = _Coded(article.key, article, tuple(found), tuple(held), coder)
        _check(coded, self._codebook)
        earlier = self._held.get(coded.key)
        if earlier is None:
            self._size += len(article.text) + _OF_A_REPORT * len(coded.reports)
        elif published_as(earlier.article) != published_as(article):
            self._same += 1
        if earlier is None or order(publication(article)) < order(publication(earlier.article)):
            self._held[coded.key] = coded
        return self.note(article)

    def note(self, article: Article) -> New:
        """Take note of where and when the words of an article were published that is given to `add` too, or is in the record
        with the reports of an earlier publication; what was new in the batch that was kept with it."""
        self._seen.append(article)
        full = len(self._held) >= self._batch or len(self._seen) >= _NOTED or self._size >= _CHARACTERS
        return self.flush() if full else New()

    def flush(self) -> New:
        """Keep what is held, in one transaction; what was new in it. When this returns it is kept."""
        if not self._held and not self._seen:
            return New()
        with self.store.write() as connection:
            new = self._keep(connection, list(self._held.values()))
        self._held, self._seen, self._size, self._same = {}, [], 0, 0
        self.new = self.new + new
        return new

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.flush()

    def _keep(self, connection: Connection, batch: Sequence[_Coded]) -> New:
        there = standings(connection, [one.key for one in self._seen])
        same = self._same + count_same(connection, [coded.article for coded in batch if coded.key in there])
        fresh = self._insert(connection, [coded for coded in batch if coded.key not in there])
        changed = [coded for coded in batch if coded.key in there and self._replaces(coded, there[coded.key])]
        moved = [coded for coded in changed if there[coded.key].is_after(coded.article)]
        move(connection, {coded.key: coded.article for coded in moved})
        numbers = {key: one.number for key, one in there.items()} | {one.facts.key: one.number for one in fresh}
        seen = [Given(numbers[one.key], one.key, publication(one)) for one in self._seen if one.key in numbers]
        counting = add_publications(connection, seen)
        replaced = {of: by for of, by in counting.items() if by is not None}
        days = _known(connection, replaced)
        restore_reports(connection, sorted(counting.keys() - replaced.keys()))
        again = _again(connection, changed)
        supersede_reports(connection, days)
        found = [*(replace(one, superseded=days.get(one.number)) for one in fresh), *again]
        reports = add_reports(connection, found, self._codebook, self._packing)
        keep_full(connection, reports)
        holdings = add_holdings(connection, found)
        copies = self._index(connection, fresh, {coded.key: coded.article for coded in batch})
        copies += self._copies.relink(connection, [there[coded.key].number for coded in moved], self._since)
        return New(len(fresh), copies, len(replaced), len(again), reports, holdings, same)

    def _index(self, connection: Connection, fresh: Sequence[Stored], texts: Mapping[str, Article]) -> int:
        """Put the words of new articles into the index and link their copies; how many articles have become copies."""
        lines = [(one, folded_lines(texts[one.facts.key].text)) for one in fresh]
        titles = [folded_words(texts[one.facts.key].title) for one in fresh]
        add_words(
            connection,
            [
                Words(one.number, title, [word for line in told for word in line])
                for (one, told), title in zip(lines, titles, strict=True)
            ],
        )
        given = [Text(one.number, told, one.facts.published) for one, told in lines]
        return self._copies.link(connection, given, self._since)

    def _replaces(self, coded: _Coded, there: Standing) -> bool:
        """Whether these reports take the place of those that are there; a later publication names none."""
        if there.is_before(coded.article):
            return False
        return self._recode or coded.coder != there.coder or there.is_after(coded.article)

    def _insert(self, connection: Connection, batch: Sequence[_Coded]) -> list[Stored]:
        """The new articles in the record."""
        first = (connection.scalar(select(func.max(articles.c.number))) or 0) + 1
        self._since = self._since or first
        now = self._now()
        stored = now.isoformat(timespec="seconds")
        found, rows = [], []
        for number, coded in enumerate(batch, first):
            article = coded.article
            published = article.published.day if article.published else None
            known = published or now.date()
            facts = ArticleFacts(coded.key, article.id, coded.key, article.outlet, published, known)
            row = article_row(article, known, stored, coded.coder)
            rows.append(row | {"number": number})
            found.append(Stored(number, facts, None, coded.reports, coded.holdings))
        insert_rows(connection, articles, rows)
        return found


def _check(coded: _Coded, codebook: Codebook) -> None:
    given = coded.article
    if _HALF.search("".join((given.id, given.title, given.text, given.outlet or "", given.url or ""))):
        raise ValueError(f"article {given.id!a}: it holds half a character (a surrogate), which no database keeps")
    ids = [report.id for report in coded.reports] + [holding.id for holding in coded.holdings]
    if len(set(ids)) < len(ids):
        raise ValueError(f"article {coded.article.id}: the coder gave two reports one id")
    for report in coded.reports:
        if report.article_key != coded.key:
            raise ValueError(f"article {coded.article.id}: report {report.id} is of another article")
        if report.sub_event_type not in codebook.event_types:
            raise ValueError(f"article {coded.article.id}: the type {report.sub_event_type!r} is not in the codebook")


def published_as(article: Article) -> tuple[str, str | None, str | None]:
    """Under which label, in which outlet and when the article was published, as the record holds it."""
    day = article.published.day.isoformat() if article.published else None
    return label(article.id), None if article.outlet is None else label(article.outlet), day


def count_same(connection: Connection, given: Sequence[Article]) -> int:
    """How many of these articles stand in the record under another label, in another outlet or on another day; one that
    gives no day is not told apart by it."""
    named = ("key", "doc_id", "outlet", "published")
    statement = select(*(articles.c[name] for name in named)).where(
        articles.c.key.in_(bindparam("keys", expanding=True))
    )
    held: dict[str, tuple[str, str | None, str | None]] = {}
    for some in chunks([one.key for one in given], _CHUNK):
        held |= {row.key: (row[1], row[2], row[3]) for row in connection.execute(statement, {"keys": some})}
    differ = 0
    for one in given:
        if one.key in held:
            doc_id, outlet, day = published_as(one)
            differ += (doc_id, outlet, day or held[one.key][2]) != held[one.key]
    return differ


def _again(connection: Connection, batch: Sequence[_Coded]) -> list[Stored]:
    """The articles whose reports are replaced, the old ones gone."""
    if not batch:
        return []
    coded = {each.key: each for each in batch}
    found = _stored(connection, coded)
    remove_reports(connection, [one.number for one in found])
    rows = [{"of": one.number, "by": coded[one.facts.key].coder} for one in found]
    statement = update(articles).where(articles.c.number == bindparam("of")).values(coder=bindparam("by"))
    connection.execute(statement, rows)
    return found


def _stored(connection: Connection, coded: Mapping[str, _Coded]) -> list[Stored]:
    """These articles as they stand in the record, with what the coder found."""
    newer = articles.alias()
    columns = [articles.c[name] for name in ("number", "key", "doc_id", "copy_of", "outlet", "published", "known")]
    statement = (
        select(*columns, newer.c.known.label("superseded"))
        .outerjoin(newer, articles.c.newer == newer.c.key)
        .where(articles.c.key.in_(list(coded)))
        .order_by(articles.c.number)
    )
    found = []
    for row in connection.execute(statement):
        facts, each = facts_of(row), coded[row.key]
        found.append(Stored(row.number, facts, row.superseded, each.reports, each.holdings))
    return found


def _known(connection: Connection, newer: Mapping[int, str]) -> dict[int, str]:
    """By the numbers of articles the day on which the newer ones, by their keys, were known."""
    asked = select(articles.c.key, articles.c.known).where(articles.c.key.in_(bindparam("keys", expanding=True)))
    days: dict[str, str] = {}
    for some in chunks(sorted(set(newer.values())), _CHUNK):
        days |= {row.key: row.known for row in connection.execute(asked, {"keys": some})}
    return {number: days[key] for number, key in newer.items()}
