"""Near-copies in the record: which articles are one text printed in several papers.

Copies form groups (a copy of a copy belongs to it); `copy_of` of all is the key of the group's earliest article, by the day
it was known and then by key. The groups depend on the articles only, not on the order in which they came: every two texts
that share enough marks are judged. Texts that are the same when normalised are judged once, by the one that came first, as
the judgement on all of them is the same; so a text that stands in thousands of papers costs no more than one.
"""

import datetime as dt
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from sqlalchemy import ColumnElement, Connection, bindparam, delete, literal, select, update

from waqai.store.likeness import SHARED, Likeness, alike, is_copy, likeness, marks, may_be_copies
from waqai.store.schema import articles, likenesses, pending, reports, shingles
from waqai.store.statements import chunks, insert_new_from, insert_rows
from waqai.store.words import folded_lines

_KEPT = 3000  # likenesses that are remembered
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Text:
    """What of a new article is looked at: its number, the folded words of its lines, its day."""

    number: int
    lines: Sequence[Sequence[str]]
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of an article without its text: the key of its group, how long it is, its day.

    Where another one stands for all texts like it, its length is None: it is a copy of that one.
    """

    group: str
    runs: int | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class _Groups:
    """Groups, by their keys, that turn out to be one."""

    parents: dict[str, str] = field(default_factory=dict)

    def of(self, key: str) -> str:
        """The key that stands for all that were joined with this one."""
        while (above := self.parents.get(key, key)) != key:
            self.parents[key] = self.parents.get(above, above)
            key = above
        return key

    def join(self, one: str, two: str) -> None:
        """Make them one."""
        self.parents.setdefault(one, one)
        self.parents.setdefault(two, two)
        self.parents[self.of(one)] = self.of(two)

    def joined(self) -> Iterator[list[str]]:
        """The groups that have become one, each time."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.parents:
            found[self.of(key)].append(key)
        return (keys for keys in found.values() if len(keys) > 1)


class Copies:
    """Finds the near-copies of new articles. One for each run: it remembers texts that were compared lately."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Likeness] = OrderedDict()

    def link(self, connection: Connection, texts: Sequence[Text], since: int = 0) -> int:
        """Link these new articles with their copies and keep their marks; how many articles from the number `since` on
        have become copies of an earlier one: at the end of a run all that are, in whatever order they came.

        Reports of articles whose group gets another first article wait in `pending`.
        """
        likely = self._likely(connection, texts)
        numbers = {text.number for text in texts}
        facts = _facts(connection, numbers.union(*likely.values()))
        groups = _Groups()
        for number, others in likely.items():
            own = facts[number]
            for other in others:
                its = facts[other]
                if groups.of(own.group) != groups.of(its.group) and self._copies(connection, number, other, facts):
                    groups.join(own.group, its.group)
        return sum(_unite(connection, keys, since) for keys in groups.joined())

    def relink(self, connection: Connection, numbers: Sequence[int], since: int = 0) -> int:
        """Link articles anew whose day is another one now, with all that were copies of each other with them; how many
        articles from the number `since` on have become copies. All their reports wait."""
        asked = select(articles.c.copy_of).where(articles.c.number.in_(bindparam("numbers", expanding=True)))
        groups = sorted(
            {key for some in chunks(numbers, _CHUNK) for key in connection.scalars(asked, {"numbers": some})}
        )
        texts: list[Text] = []
        for some in chunks(groups, _CHUNK):
            texts += self._unlink(connection, articles.c.copy_of.in_(some))
        return self.link(connection, texts, since) if texts else 0

    def _unlink(self, connection: Connection, mine: ColumnElement[bool]) -> list[Text]:
        """Take the marks of these articles away, and let each be a copy of none."""
        own = select(articles.c.number).where(mine)
        waiting = select(literal("report"), reports.c.id).where(
            reports.c.superseded.is_(None), reports.c.article.in_(own)
        )
        insert_new_from(connection, pending, ("kind", "what"), waiting)
        for table in (shingles, likenesses):
            connection.execute(delete(table).where(table.c.article.in_(own)))
        rows = connection.execute(select(articles.c.number, articles.c.text, articles.c.published).where(mine)).all()
        for some in chunks([row.number for row in rows], _CHUNK):
            connection.execute(update(articles).where(articles.c.number.in_(some)).values(copy_of=articles.c.key))
        for row in rows:
            self._kept.pop(row.number, None)
        return [Text(row.number, folded_lines(row.text), _day(row.published)) for row in sorted(rows)]

    def _likely(self, connection: Connection, texts: Sequence[Text]) -> dict[int, list[int]]:
        """Of each text those that it is to be compared with, the likeliest first; what finds the texts is kept."""
        looked = {text.number: likeness(text.lines, text.published) for text in texts}
        names = {number: alike(one) for number, one in looked.items() if len(one.runs)}
        first = _first(connection, set(names.values()))
        found: dict[int, list[int]] = {}
        new: dict[int, tuple[int, ...]] = {}
        for number, name in names.items():
            if first.setdefault(name, number) == number:
                new[number] = marks(looked[number])
                self._keep(number, looked[number])
            else:
                found[number] = [first[name]]
        holders = _holders(connection, {mark for each in new.values() for mark in each})
        for number, own in new.items():
            shared = Counter(chain.from_iterable(holders[mark] for mark in own))
            some = [other for other, count in shared.items() if count >= SHARED]
            found[number] = sorted(some, key=lambda other: (-shared[other], other))
            for mark in own:
                holders[mark].append(number)
        insert_rows(connection, shingles, [{"mark": mark, "article": number} for number in new for mark in new[number]])
        rows = [{"alike": names[number], "article": number, "runs": len(looked[number].runs)} for number in new]
        insert_rows(connection, likenesses, rows)
        return found

    def _copies(self, connection: Connection, one: int, two: int, facts: Mapping[int, _Facts]) -> bool:
        its, theirs = facts[one], facts[two]
        if its.runs is None:
            return True
        return may_be_copies((its.runs, its.published), (theirs.runs or 0, theirs.published)) and is_copy(
            self._likeness(connection, one), self._likeness(connection, two)
        )

    def _keep(self, number: int, one: Likeness) -> None:
        self._kept[number] = one
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _likeness(self, connection: Connection, number: int) -> Likeness:
        if number not in self._kept:
            row = connection.execute(
                select(articles.c.text, articles.c.published).where(articles.c.number == number)
            ).one()
            self._keep(number, likeness(folded_lines(row.text), _day(row.published)))
        self._kept.move_to_end(number)
        return self._kept[number]


def _day(given: str | None) -> dt.date | None:
    return dt.date.fromisoformat(given) if given else None


def _first(connection: Connection, names: set[str]) -> dict[str, int]:
    """The article in the record that stands for all texts of each of these likenesses."""
    statement = select(likenesses.c.alike, likenesses.c.article).where(
        likenesses.c.alike.in_(bindparam("names", expanding=True))
    )
    found: dict[str, int] = {}
    for some in chunks(sorted(names), _CHUNK):
        found |= {row.alike: row.article for row in connection.execute(statement, {"names": some})}
    return found


def _holders(connection: Connection, asked: Iterable[int]) -> dict[int, list[int]]:
    """The articles in the record that have each mark."""
    found: dict[int, list[int]] = defaultdict(list)
    statement = select(shingles.c.mark, shingles.c.article).where(
        shingles.c.mark.in_(bindparam("marks", expanding=True))
    )
    for some in chunks(sorted(asked), _CHUNK):
        for mark, article in connection.execute(statement, {"marks": some}):
            found[mark].append(article)
    return found


def _facts(connection: Connection, numbers: Iterable[int]) -> dict[int, _Facts]:
    """The facts of these articles."""
    statement = (
        select(articles.c.number, articles.c.copy_of, likenesses.c.runs, articles.c.published)
        .outerjoin(likenesses, likenesses.c.article == articles.c.number)
        .where(articles.c.number.in_(bindparam("numbers", expanding=True)))
    )
    found: dict[int, _Facts] = {}
    for some in chunks(sorted(numbers), _CHUNK):
        for row in connection.execute(statement, {"numbers": some}):
            found[row.number] = _Facts(row.copy_of, row.runs, _day(row.published))
    return found


def _unite(connection: Connection, groups: Sequence[str], since: int) -> int:
    """Make these groups one: all get the key of the earliest. How many that came first in theirs are from `since` on."""
    asked = select(articles.c.known, articles.c.key, articles.c.number)
    heads = [
        row for some in chunks(groups, _CHUNK) for row in connection.execute(asked.where(articles.c.key.in_(some)))
    ]
    first, *others = sorted(heads, key=lambda head: (head.known, head.key))
    waiting = select(literal("report"), reports.c.id).join(articles, reports.c.article == articles.c.number)
    for some in chunks([head.key for head in others], _CHUNK):
        mine = articles.c.copy_of.in_(some)
        found = waiting.where(reports.c.superseded.is_(None), mine)
        insert_new_from(connection, pending, ("kind", "what"), found)
        connection.execute(update(articles).where(mine).values(copy_of=first.key))
    return sum(head.number >= since for head in others)
