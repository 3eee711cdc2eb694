"""Incidents of half a million reports, made from the places and days of UCDP Syria, and of a thousand articles more.

python bench/incidents.py [--articles N] [--more N] [--db RECORD]

The record is stored first (not timed), but for every so-many-th article, which come afterwards: they are spread over all years, the
worst case of an update. Timed are the incidents of all that was stored, and those of the articles that came. Also
measured is how the time grows, from the batches as they are said.
"""

import argparse
import itertools
import resource
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from measuring import save
from record_made import made_coded
from waqai.deriving.incidents import derive_incidents
from waqai.model.article import Article
from waqai.model.report import Report
from waqai.store.opening import Store, open_store
from waqai.store.writing import Writer

CHARACTERS = 700  # of filler in each article: enough that articles are no near-copies of each other


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
        figures = _derived(store, "incidents") | _added(store, later)
        store.close()
    save("incidents" if store.dialect == "sqlite" else "incidents_postgresql", figures)


def _store(store: Store, limit: int | None, more: int) -> list[tuple[Article, tuple[Report, ...]]]:
    """Store all articles but those that come later, which are returned."""
    every = max(2, (limit or 100_000) // more)
    later = []
    with Writer(store) as writer:
        for number, (article, reports) in enumerate(itertools.islice(made_coded(characters=CHARACTERS), limit)):
            if number % every == every // 2 and len(later) < more:
                later.append((article, reports))
            else:
                writer.add(article, reports, (), "made 1")
    return later


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
        "record_incidents": _count(store, "incidents"),
        "largest_component": _largest(store),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _added(store: Store, later: Iterable[tuple[Article, tuple[Report, ...]]]) -> dict[str, Any]:
    with Writer(store) as writer:
        for article, reports in later:
            writer.add(article, reports, (), "made 1")
    return _derived(store, "update")


def _count(store: Store, table: str) -> int:
    with store.read() as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def _largest(store: Store) -> int:
    with store.read() as connection:
        found = connection.execute(text("SELECT count(*) FROM reports GROUP BY component ORDER BY 1 DESC LIMIT 1"))
        return int(found.scalar() or 0)


if __name__ == "__main__":
    main()
