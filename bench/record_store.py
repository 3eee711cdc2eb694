"""Storing and indexing: 100,000 articles with 500,000 reports, in batches as `waqai build` does, beside coding.

python bench/record_store.py [--articles N] [--db RECORD]

What needs no record (rows of reports, words of the index, marks of near-copies) is prepared in the processes that code: that is
told apart as preparing, with the packing of what they send. Storing is what is left to the one that writes: unpacking, near-copies,
full-text index, reports, what they name, what waits to be derived. With --jobs 1 one process does both. Then ranked searches are
timed on what came of it. Without --db the record is made in a folder of its own and taken away again.
"""

import argparse
import itertools
import pickle
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measuring import save
from record_made import made_coded
from waqai.knowledge.codebook import own_codebook
from waqai.store.opening import Store, open_store
from waqai.store.preparing import prepare
from waqai.store.text_search import search
from waqai.store.writing import Writer

SEARCHES = (
    "حلب",
    "قصف مدفعي",
    '"غارات جوية"',
    "المرصد السوري",
    "مدن*",
    "Aleppo",
    "اشتباكات Damascus",
    "طائرات روسية",
    "وعندان",
)
TIMES = 5
SENT = 16  # articles that a process sends at a time, as `running` has them


def main() -> None:
    """Make the record, measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, metavar="N", help="at most so many (default: all, about 100,000)")
    options.add_argument("--db", metavar="RECORD", help="a new file, or a postgresql:// address of an empty database")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(asked.db or str(Path(folder) / "record.db"), create=True)
        figures = _stored(store, asked.articles) | _searched(store)
        store.close()
    save("record_store" if store.dialect == "sqlite" else "record_store_postgresql", figures)


@dataclass(slots=True)
class _Clock:
    """Seconds and seconds of the processor that were spent within `running`."""

    spent: float = 0.0
    working: float = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count what is done meanwhile."""
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.spent += time.perf_counter() - began
        self.working += time.process_time() - worked


def _stored(store: Store, limit: int | None) -> dict[str, Any]:
    writer = Writer(store)
    preparing, storing = _Clock(), _Clock()
    characters = sent = 0
    coded = itertools.islice(made_coded(), limit)
    while some := list(itertools.islice(coded, SENT)):
        characters += sum(len(article.text) for article, _ in some)
        with preparing.running():
            made = [prepare(article, reports, (), own_codebook(), store.dialect) for article, reports in some]
            packed = pickle.dumps(made, pickle.HIGHEST_PROTOCOL)
        sent += len(packed)
        with storing.running():
            for one in pickle.loads(packed):
                writer.put(one, "made 1")
    with storing.running():
        writer.flush()
    new = writer.new
    file = store.engine.url.database if store.dialect == "sqlite" else None
    return {
        "database": store.dialect,
        "articles": new.articles,
        "characters_an_article": round(characters / max(1, new.articles)),
        "reports": new.reports,
        "copies": new.copies,
        "seconds": round(storing.spent, 1),
        "seconds_of_this_process": round(storing.working, 1),
        "preparing_seconds": round(preparing.spent, 1),
        "preparing_processor_seconds": round(preparing.working, 1),
        "sent_mb": round(sent / 1_000_000),
        "articles_a_second": round(new.articles / storing.spent, 1),
        "file_mb": round(Path(file).stat().st_size / 1_000_000) if file else None,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _searched(store: Store) -> dict[str, Any]:
    times: list[float] = []
    slowest = ""
    for query in SEARCHES * TIMES:
        with store.read() as connection:
            began = time.perf_counter()
            search(connection, query, 20)
            times.append((time.perf_counter() - began) * 1000)
        slowest = query if times[-1] == max(times) else slowest
    return {
        "search_ms_median": round(statistics.median(times)),
        "search_ms_p95": round(statistics.quantiles(times, n=20)[-1]),
        "search_slowest": slowest,
    }


if __name__ == "__main__":
    main()
