"""Incidents of half a million reports, made from the places and days of UCDP Syria, and of a thousand articles more.

python bench/incidents.py [--articles N] [--more N] [--db RECORD]

The record is stored first (not timed, and without full text), but for two thousand articles. Timed are the incidents of all
that was stored; then those of a thousand articles that are spread over all years, which touches as much of the record as a
thousand articles can; then those of a thousand that are the newest, as an update mostly is.
"""

import argparse
import datetime as dt
import itertools
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, text

from measuring import save
from record_made import made_coded
from waqai.deriving.incidents import derive_incidents
from waqai.knowledge.codebook import own_codebook
from waqai.model.article import Article
from waqai.model.report import Report
from waqai.store.adding import Stored, add_reports
from waqai.store.opening import Store, open_store
from waqai.store.preparing import prepare
from waqai.store.rows import article_row
from waqai.store.schema import articles
from waqai.store.statements import insert_rows

CHARACTERS = 80  # of filler in each article: its text does not matter here
TOGETHER = 2000  # articles that are stored in one transaction
Coded = tuple[Article, tuple[Report, ...]]


def main() -> None:
    """Make the record, measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, metavar="N", help="at most so many (default: all, about 100,000)")
    options.add_argument("--more", type=int, default=1000, metavar="N", help="articles that come afterwards")
    options.add_argument("--db", metavar="RECORD", help="a new file, or a postgresql:// address of an empty database")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(asked.db or str(Path(folder) / "record.db"), create=True)
        later = _store(store, asked.articles, asked.more)
        figures = _derived(store, "incidents")
        figures |= _added(store, later[: asked.more], "spread") | _added(store, later[asked.more :], "newest")
        store.close()
    save("incidents" if store.dialect == "sqlite" else "incidents_postgresql", figures)


def _store(store: Store, limit: int | None, more: int) -> list[Coded]:
    """Store all articles but those that come later, which are returned: every so-many-th, and as many that come at the end."""
    every = max(2, (limit or 100_000) // more)
    later: list[Coded] = []
    waiting: list[Coded] = []
    newest: deque[Coded] = deque()
    for number, coded in enumerate(itertools.islice(made_coded(characters=CHARACTERS), limit)):
        if number % every == every // 2 and len(later) < more:
            later.append(coded)
            continue
        newest.append(coded)
        if len(newest) > more:
            waiting.append(newest.popleft())
        if len(waiting) >= TOGETHER:
            _add(store, waiting)
            waiting = []
    _add(store, waiting)
    return [*later, *newest]


def _add(store: Store, some: Sequence[Coded]) -> None:
    """Put articles and reports into the record as the writer does, but for near-copies and full text: they take long."""
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).isoformat()
    with store.write() as connection:
        last = connection.scalar(select(func.max(articles.c.number))) or 0
        rows, found = [], []
        for number, (article, reports) in enumerate(some, last + 1):
            day = article.published.day if article.published else dt.date(2026, 1, 1)
            rows.append(article_row(article, day, now, "made 1") | {"number": number})
            made = prepare(article, reports, (), own_codebook(), store.dialect)
            found.append(Stored(number, day.isoformat(), None, made))
        insert_rows(connection, articles, rows)
        add_reports(connection, found)


def _derived(store: Store, name: str) -> dict[str, Any]:
    began, worked = time.perf_counter(), time.process_time()
    steps: list[tuple[float, str]] = []
    counts = derive_incidents(store, lambda line: steps.append((time.perf_counter() - began, line)))
    seconds = time.perf_counter() - began
    for when, line in steps:
        sys.stdout.write(f"  {when:6.1f} s  {line}\n")
    return {
        f"{name}_seconds": round(seconds, 1),
        f"{name}_processor_seconds": round(time.process_time() - worked, 1),
        f"{name}_reports": counts.reports,
        f"{name}_written": counts.written,
        f"{name}_record_incidents": _count(store, "incidents"),
        f"{name}_largest_component": _largest(store),
        f"{name}_peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _added(store: Store, later: Sequence[Coded], name: str) -> dict[str, Any]:
    _add(store, later)
    return _derived(store, name)


def _count(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _largest(store: Store) -> int:
    with store.read() as connection:
        found = connection.execute(text("SELECT count(*) FROM reports GROUP BY component ORDER BY 1 DESC LIMIT 1"))
        return int(found.scalar() or 0)


if __name__ == "__main__":
    main()
