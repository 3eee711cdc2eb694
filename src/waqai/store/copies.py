"""Near-copies in the record: which articles are one text printed in several papers.

Copies form groups (a copy of a copy belongs to it); `copy_of` of all is the key of the group's earliest article, by the day
it was known and then by key. So it does not matter in which order articles came.
"""

import datetime as dt
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, literal, select, update

from waqai.store.likeness import SHARED, Likeness, is_copy, likeness, marks
from waqai.store.schema import articles, pending, reports, shingles
from waqai.store.statements import chunks, insert_new_from, insert_rows
from waqai.store.words import folded_lines

_CANDIDATES = 8  # articles that are compared with a new one, those that share most marks first
_CROWD = 100  # articles that are kept for one mark: what so many share is a paper's own furniture, or copied that often
_KEPT = 3000  # likenesses that are remembered
_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Text:
    """What of a new article is looked at: its number, the folded words of its lines, its day."""

    number: int
    lines: Sequence[Sequence[str]]
    published: dt.date | None


class Copies:
    """Finds the near-copies of new articles. One for each run: it remembers texts that were compared lately."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Likeness] = OrderedDict()

    def link(self, connection: Connection, texts: Sequence[Text]) -> int:
        """Link these new articles with their copies and keep their marks; how many are copies of one that came before.

        Reports of articles whose group gets another first article wait in `pending`.
        """
        found = {text.number: self._marks(text) for text in texts}
        holders = self._holders(connection, {mark for each in found.values() for mark in each})
        rows, copies = [], 0
        for text in texts:
            shared = Counter(other for mark in found[text.number] for other in holders[mark])
            likely = [other for other, marks in shared.items() if marks >= SHARED]
            if likely:
                likely.sort(key=lambda other: (-shared[other], other))
                copies += self._compare(connection, text.number, likely[:_CANDIDATES])
            for mark in found[text.number]:
                if len(holders[mark]) < _CROWD:
                    holders[mark].append(text.number)
                    rows.append({"mark": mark, "article": text.number})
        insert_rows(connection, shingles, rows)
        return copies

    def _marks(self, text: Text) -> tuple[int, ...]:
        one = likeness(text.lines, text.published)
        self._keep(text.number, one)
        return marks(one)

    def _keep(self, number: int, one: Likeness) -> None:
        self._kept[number] = one
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _holders(self, connection: Connection, asked: Iterable[int]) -> dict[int, list[int]]:
        """The articles in the record that have each mark."""
        found: dict[int, list[int]] = defaultdict(list)
        statement = select(shingles.c.mark, shingles.c.article).where(
            shingles.c.mark.in_(bindparam("marks", expanding=True))
        )
        for some in chunks(sorted(asked), _CHUNK):
            for mark, article in connection.execute(statement, {"marks": some}):
                found[mark].append(article)
        return found

    def _compare(self, connection: Connection, number: int, others: Sequence[int]) -> bool:
        """Join the article with the groups in which it has a copy; whether there are any."""
        asked = select(articles.c.number, articles.c.copy_of).where(articles.c.number.in_(others))
        group_of = {row.number: row.copy_of for row in connection.execute(asked)}
        joined: set[str] = set()
        own = self._likeness(connection, number)
        for other in others:
            if group_of[other] not in joined and is_copy(own, self._likeness(connection, other)):
                joined.add(group_of[other])
        if joined:
            _unite(connection, number, joined)
        return bool(joined)

    def _likeness(self, connection: Connection, number: int) -> Likeness:
        if number not in self._kept:
            row = connection.execute(
                select(articles.c.text, articles.c.published).where(articles.c.number == number)
            ).one()
            self._keep(
                number,
                likeness(folded_lines(row.text), dt.date.fromisoformat(row.published) if row.published else None),
            )
        self._kept.move_to_end(number)
        return self._kept[number]


def _unite(connection: Connection, number: int, groups: set[str]) -> None:
    """Make one group of these and the article: all get the key of the earliest."""
    facts = select(articles.c.known, articles.c.key)
    own = connection.execute(facts.where(articles.c.number == number)).one()
    heads = [own, *connection.execute(facts.where(articles.c.key.in_(sorted(groups))))]
    first = min((head.known, head.key) for head in heads)[1]
    for group in sorted((groups | {own.key}) - {first}):
        living = reports.c.superseded.is_(None) & (articles.c.copy_of == group)
        waiting = select(literal("report"), reports.c.id).join(articles, reports.c.article == articles.c.number)
        insert_new_from(connection, pending, ("kind", "what"), waiting.where(living))
        connection.execute(update(articles).where(articles.c.copy_of == group).values(copy_of=first))
