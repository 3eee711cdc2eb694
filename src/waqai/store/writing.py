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
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update

from waqai.knowledge.codebook import own_codebook
from waqai.model.article import Article
from waqai.model.control import Holding
from waqai.model.report import Report
from waqai.store.adding import Stored, add_holdings, add_reports
from waqai.store.copies import Copies, Text
from waqai.store.counted import keep_full
from waqai.store.leaving import remove_reports, restore_reports, supersede_reports
from waqai.store.opening import Store
from waqai.store.preparing import Prepared, prepare
from waqai.store.publications import OWN, Given, Seen, Standing, add_publications, move, order, standings
from waqai.store.rows import Row, publication_row
from waqai.store.schema import articles
from waqai.store.statements import chosen, chunks, insert_rows
from waqai.store.word_index import add_words

BATCH = 2000
"""Articles that are kept together. What is indexed by a hash touches most pages of its index with every batch, so few large ones
write less than half of what many small ones write; a build that is killed codes as many again, at most."""
_CHARACTERS = 20_000_000  # a batch is kept earlier when its texts are this long
_OF_A_REPORT = 2_000  # characters that a report counts for
_CHUNK = 5000
_NOTED = 20_000  # publications that are kept together
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


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

    made: Prepared
    coder: str

    @property
    def key(self) -> str:
        """The key of the article."""
        return self.made.key


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
        self._copies = Copies()
        self._held: dict[str, _Coded] = {}
        self._seen: list[Seen] = []
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
        return self.put(prepare(article, found, held, own_codebook(), self.store.dialect), coder)

    def put(self, made: Prepared, coder: str = "") -> New:
        """The same of an article that was prepared before, for a database of this dialect."""
        earlier = self._held.get(made.key)
        if earlier is None:
            self._size += made.length + _OF_A_REPORT * len(made.reports)
        elif _told_of(earlier.made.row) != _told_of(made.row):
            self._same += 1
        if earlier is None or order(made.row) < order(earlier.made.row):
            self._held[made.key] = _Coded(made, coder)
        return self._see(Seen(made.key, {name: made.row[name] for name in OWN}))

    def note(self, article: Article) -> New:
        """Take note of where and when the words of an article were published that is given to `add` too, or is in the record
        with the reports of an earlier publication; what was new in the batch that was kept with it."""
        return self._see(Seen(article.key, publication_row(article)))

    def _see(self, one: Seen) -> New:
        self._seen.append(one)
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
        known = [coded for coded in batch if coded.key in there]
        same = self._same + _differing(connection, [(coded.key, _told_of(coded.made.row)) for coded in known])
        fresh = self._insert(connection, [coded for coded in batch if coded.key not in there])
        changed = [coded for coded in known if self._replaces(coded, there[coded.key])]
        moved = [coded for coded in changed if there[coded.key].is_after(coded.made.row)]
        move(connection, {coded.key: {name: coded.made.row[name] for name in OWN} for coded in moved})
        numbers = {key: one.number for key, one in there.items()} | {one.made.key: one.number for one in fresh}
        seen = [Given(numbers[one.key], one.key, one.row) for one in self._seen if one.key in numbers]
        counting = add_publications(connection, seen)
        replaced = {of: by for of, by in counting.items() if by is not None}
        days = _known(connection, replaced)
        restore_reports(connection, sorted(counting.keys() - replaced.keys()))
        again = _again(connection, changed)
        supersede_reports(connection, days)
        found = [*(replace(one, superseded=days.get(one.number)) for one in fresh), *again]
        reports = add_reports(connection, found)
        keep_full(connection, reports)
        holdings = add_holdings(connection, found)
        add_words(connection, [(one.number, one.made.words) for one in fresh])
        copies = self._copies.link(connection, [Text(one.number, one.made.look) for one in fresh], self._since)
        copies += self._copies.relink(connection, [there[coded.key].number for coded in moved], self._since)
        return New(len(fresh), copies, len(replaced), len(again), reports, holdings, same)

    def _replaces(self, coded: _Coded, there: Standing) -> bool:
        """Whether these reports take the place of those that are there; a later publication names none."""
        if there.is_before(coded.made.row):
            return False
        return self._recode or coded.coder != there.coder or there.is_after(coded.made.row)

    def _insert(self, connection: Connection, batch: Sequence[_Coded]) -> list[Stored]:
        """The new articles in the record."""
        first = (connection.scalar(select(func.max(articles.c.number))) or 0) + 1
        self._since = self._since or first
        now = self._now()
        stored = now.isoformat(timespec="seconds")
        found, rows = [], []
        for number, coded in enumerate(batch, first):
            known = (coded.made.published or now.date()).isoformat()
            rows.append(coded.made.row | {"number": number, "known": known, "stored": stored, "coder": coded.coder})
            found.append(Stored(number, known, None, coded.made))
        insert_rows(connection, articles, rows)
        return found


_Told = tuple[str, str | None, str | None]


def _told_of(row: Row) -> _Told:
    """Under which label, in which outlet and when an article was published, by its row."""
    return row["doc_id"], row["outlet"], row["published"]


def count_same(connection: Connection, given: Sequence[Article]) -> int:
    """How many of these articles stand in the record under another label, in another outlet or on another day; one that
    gives no day is not told apart by it."""
    return _differing(connection, [(one.key, _told_of(publication_row(one))) for one in given])


def _differing(connection: Connection, given: Sequence[tuple[str, _Told]]) -> int:
    """The same of articles by their keys."""
    asked = select(*(articles.c[name] for name in ("key", "doc_id", "outlet", "published")))
    held: dict[str, _Told] = {}
    for some in chunks([key for key, _ in given], _CHUNK):
        for key, *told in chosen(connection, asked.where(articles.c.key.in_(_IDS)), some):
            held[key] = told[0], told[1], told[2]
    differ = 0
    for key, (doc_id, outlet, day) in given:
        if key in held:
            differ += (doc_id, outlet, day or held[key][2]) != held[key]
    return differ


def _again(connection: Connection, batch: Sequence[_Coded]) -> list[Stored]:
    """The articles whose reports are replaced, the old ones gone."""
    if not batch:
        return []
    coded = {each.key: each for each in batch}
    found = _stored(connection, coded)
    remove_reports(connection, [one.number for one in found])
    rows = [{"of": one.number, "by": coded[one.made.key].coder} for one in found]
    statement = update(articles).where(articles.c.number == bindparam("of")).values(coder=bindparam("by"))
    connection.execute(statement, rows)
    return found


def _stored(connection: Connection, coded: Mapping[str, _Coded]) -> list[Stored]:
    """These articles as they stand in the record, with what the coder found."""
    newer = articles.alias()
    statement = (
        select(articles.c.number, articles.c.key, articles.c.known, newer.c.known.label("superseded"))
        .outerjoin(newer, articles.c.newer == newer.c.key)
        .where(articles.c.key.in_(list(coded)))
        .order_by(articles.c.number)
    )
    rows = connection.execute(statement)
    return [Stored(row.number, row.known, row.superseded, coded[row.key].made) for row in rows]


def _known(connection: Connection, newer: Mapping[int, str]) -> dict[int, str]:
    """By the numbers of articles the day on which the newer ones, by their keys, were known."""
    asked = select(articles.c.key, articles.c.known).where(articles.c.key.in_(bindparam("keys", expanding=True)))
    days: dict[str, str] = {}
    for some in chunks(sorted(set(newer.values())), _CHUNK):
        days |= {row.key: row.known for row in connection.execute(asked, {"keys": some})}
    return {number: days[key] for number, key in newer.items()}
