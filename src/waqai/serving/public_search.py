"""Search in a public view: it runs over what is shown there, titles and the evidence of reports, with nobody named in them.

The index knows the whole texts, so what it finds is looked at again. A page, its cursor and its counts are made of what is
left: nothing of them tells that something else was found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Select

from waqai.queries.errors import QueryError
from waqai.sentences import NO_SUCH_CURSOR
from waqai.serving.care import Care
from waqai.store.reading import StoredArticle, reports_of
from waqai.store.text_search import Hit, Term, marks, search, terms_of

MOST = 1000
"""Articles that are looked at for one search."""
_STEP = 100
_CURSOR = re.compile(r"public:(\d{1,4})")
Within = Select[tuple[int]] | None


@dataclass(frozen=True, slots=True)
class ShownHit:
    """An article that is found by what is shown of it, and how often what was searched for stands there."""

    hit: Hit
    matches: int


@dataclass(frozen=True, slots=True)
class PublicPage:
    """A page of hits, the rank before the first, and the cursor behind the last."""

    hits: tuple[ShownHit, ...]
    rank: int
    after: str | None


def public_page(
    connection: Connection, care: Care, words: str, limit: int, after: str | None, within: Within
) -> PublicPage:
    """The hits of a page; QueryError for a cursor that no page gave."""
    match = _CURSOR.fullmatch(after or "public:0")
    if match is None:
        raise QueryError(NO_SUCH_CURSOR())
    begin = int(match[1])
    found: list[ShownHit] = []
    for hit in public_hits(connection, care, words, within):
        found.append(hit)
        if len(found) > begin + limit:
            break
    more = len(found) > begin + limit
    return PublicPage(tuple(found[begin : begin + limit]), begin, f"public:{begin + limit}" if more else None)


def public_hits(connection: Connection, care: Care, words: str, within: Within) -> Iterator[ShownHit]:
    """All hits, in the order of the index."""
    terms = terms_of(words)
    after: tuple[float, int] | None = None
    left = MOST
    while left > 0 and (hits := search(connection, words, min(left, _STEP), after, within)):
        for hit in hits:
            matches = _matches(connection, care, hit.article, terms)
            if matches:
                yield ShownHit(hit, matches)
        left, after = left - len(hits), hits[-1].cursor


def _matches(connection: Connection, care: Care, stored: StoredArticle, terms: Sequence[Term]) -> int:
    """How often the terms stand in what is shown of an article; 0 when one of them does not."""
    parts = [stored.article.title]
    for report in reports_of(connection, stored.number):
        if report.superseded is None:
            parts.append((report.record.get("evidence") or {}).get("text") or "")
    if not _all_in(parts, terms):  # to find the names in an article takes long
        return 0
    names = care.named(connection, stored.key)
    parts = [care.text(part, names) for part in parts]
    return sum(len(marks(part, terms)) for part in parts) if _all_in(parts, terms) else 0


def _all_in(parts: Sequence[str], terms: Sequence[Term]) -> bool:
    return all(any(marks(part, [term]) for part in parts) for term in terms)
