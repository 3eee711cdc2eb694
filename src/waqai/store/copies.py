"""Near-copies in the record: which articles are one text printed in several papers.

Copies form groups (a copy of a copy belongs to it); `copy_of` of all is the key of the group's earliest article, by the day
it was known and then by key. The groups depend on the articles only, not on the order in which they came: every two texts
that share enough marks are judged. Texts that are the same when normalised are judged once, by the one that came first, as
the judgement on all of them is the same; so a text that stands in thousands of papers costs no more than one.
"""

import datetime as dt
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, delete, literal, select, update

from waqai.store.likeness import SHARED, Look, Sketch, is_copy, look, may_be_copies
from waqai.store.schema import articles, likenesses, pending, reports, shingles
from waqai.store.statements import chosen, chunks, insert_new_from, insert_values, mark
from waqai.store.words import folded_lines

_KEPT = 3000  # texts that are remembered as they look
_SKETCHES = 150_000  # texts of which a sketch is remembered, some 40 MB: of most pairs that share marks it says that they are none
_CHUNK = 5000
_TEXTS_AT_ONCE = 128  # whose marks are looked for
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_SHARING = (
    "WITH new (mark, article) AS (VALUES {marks}) "
    "SELECT new.article, shingles.article, count(*) FROM new CROSS JOIN shingles "
    "WHERE shingles.mark = new.mark AND shingles.article <> new.article "
    f"GROUP BY new.article, shingles.article HAVING count(*) >= {SHARED}"
)


@dataclass(frozen=True, slots=True)
class Text:
    """A new article by its number, and how its text looks."""

    number: int
    look: Look


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
        self._kept: OrderedDict[int, Look] = OrderedDict()
        self._sketches: dict[int, Sketch] = {}

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
        return [Text(row.number, look(folded_lines(row.text), _day(row.published))) for row in sorted(rows)]

    def _likely(self, connection: Connection, texts: Sequence[Text]) -> dict[int, list[int]]:
        """Of each text those that it is to be compared with, the likeliest first; what finds the texts is kept."""
        told = [text for text in texts if text.look.alike]
        first = _first(connection, {text.look.alike for text in told})
        found: dict[int, list[int]] = {}
        new: dict[int, Look] = {}
        for text in told:
            if first.setdefault(text.look.alike, text.number) == text.number:
                new[text.number] = text.look
                self._keep(text.number, text.look)
            else:
                found[text.number] = [first[text.look.alike]]
        marks = sorted((mark, number) for number, own in new.items() for mark in own.marks)
        insert_values(connection, shingles, ("mark", "article"), marks)
        rows = [(own.alike, number, own.sketch.size) for number, own in new.items()]
        insert_values(connection, likenesses, ("alike", "article", "runs"), rows)
        return found | _sharing(connection, new)

    def _copies(self, connection: Connection, one: int, two: int, facts: Mapping[int, _Facts]) -> bool:
        its, theirs = facts[one], facts[two]
        if its.runs is None:
            return True
        if not may_be_copies((its.runs, its.published), (theirs.runs or 0, theirs.published)):
            return False
        if not self._sketch(connection, one).may_be_copy(self._sketch(connection, two)):
            return False
        return is_copy(self._look(connection, one).likeness, self._look(connection, two).likeness)

    def _keep(self, number: int, one: Look) -> None:
        """Remember a text: as a whole for a while, and its sketch for long."""
        self._kept[number], self._sketches[number] = one, one.sketch
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        if len(self._sketches) > _SKETCHES:
            del self._sketches[next(iter(self._sketches))]

    def _sketch(self, connection: Connection, number: int) -> Sketch:
        found = self._sketches.get(number)
        return self._look(connection, number).sketch if found is None else found

    def _look(self, connection: Connection, number: int) -> Look:
        if number not in self._kept:
            row = connection.execute(
                select(articles.c.text, articles.c.published).where(articles.c.number == number)
            ).one()
            self._keep(number, look(folded_lines(row.text), _day(row.published)))
        self._kept.move_to_end(number)
        return self._kept[number]


def _day(given: str | None) -> dt.date | None:
    return dt.date.fromisoformat(given) if given else None


def _first(connection: Connection, names: set[str]) -> dict[str, int]:
    """The article in the record that stands for all texts of each of these likenesses."""
    statement = select(likenesses.c.alike, likenesses.c.article).where(likenesses.c.alike.in_(_IDS))
    found: dict[str, int] = {}
    for some in chunks(sorted(names), _CHUNK):
        found |= dict(chosen(connection, statement, some))
    return found


def _sharing(connection: Connection, new: Mapping[int, Look]) -> dict[int, list[int]]:
    """Of each of these texts, whose marks stand in the record, those with which it shares enough of them, the likeliest first;
    each pair once. The database counts: much is shared by two texts alone that are no copies."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for some in chunks(list(new), _TEXTS_AT_ONCE):
        marks = [(each, number) for number in some for each in new[number].marks]
        asked = _SHARING.format(marks=", ".join([f"({mark(connection)}, {mark(connection)})"] * len(marks)))
        rows = connection.exec_driver_sql(asked, tuple(chain.from_iterable(marks))).cursor.fetchall()
        for number, other, shared in rows:
            if other not in new or other < number:
                found[number].append((-shared, other))
    return {number: [other for _, other in sorted(others)] for number, others in found.items()}


def _facts(connection: Connection, numbers: Iterable[int]) -> dict[int, _Facts]:
    """The facts of these articles."""
    statement = (
        select(articles.c.number, articles.c.copy_of, likenesses.c.runs, articles.c.published)
        .outerjoin(likenesses, likenesses.c.article == articles.c.number)
        .where(articles.c.number.in_(_IDS))
    )
    found: dict[int, _Facts] = {}
    for some in chunks(sorted(numbers), _CHUNK):
        for number, copy_of, runs, published in chosen(connection, statement, some):
            found[number] = _Facts(copy_of, runs, _day(published))
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
