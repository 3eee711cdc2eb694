"""Questions to a record of 100,000 articles with 500,000 reports: first pages, facets, stats, ranked search.

python bench/queries.py --db RECORD

The record is one that `bench/record_store.py --db RECORD` made and `waqai build` derived. Every question is asked once to warm
up, then once more; the figure is the 95th percentile over all of a kind, by the clock and by the time of the processor, which
does not depend on what else the machine does. Values asked for are the commonest and rare ones
of the record, alone and together, so that both ways of answering are met.
"""

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from measuring import save
from waqai.queries.areas import Box
from waqai.queries.conditions import INCIDENTS, REPORTS, Subject
from waqai.queries.facets import facets
from waqai.queries.filters import Filter
from waqai.queries.listing import page
from waqai.queries.stats import stats
from waqai.store.opening import Store, open_store
from waqai.store.schema import articles, incidents, report_actors, report_sources, reports
from waqai.store.text_search import search

TIMES = 1
SEARCHES = ("حلب", "قصف مدفعي", '"غارات جوية"', "المرصد السوري", "مدن*", "اشتباكات Damascus")
COUNTED: tuple[Any, ...] = (
    ("month",),
    ("week", "type"),
    ("month", "governorate"),
    ("actor",),
    ("place",),
    ("camp", "year"),
)
Ask = Callable[[Connection], object]


def main() -> None:
    """Ask, measure, print and keep the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", required=True, metavar="RECORD")
    store = open_store(options.parse_args().db)
    with store.read() as connection:
        filters = list(_filters(connection))
        held = {name: connection.scalar(select(func.count()).select_from(table)) for name, table in _TABLES.items()}
    broad = [filters[0], *filters[1:4], *filters[-3:]]
    figures: dict[str, Any] = dict(held)
    for subject in (INCIDENTS, REPORTS):
        kind = subject.kind
        figures |= _measured(store, f"first_page_{kind}", [_paged(f, subject) for f in filters])
        figures |= _measured(store, f"facets_{kind}", [_faceted(f, subject) for f in broad])
        figures |= _measured(store, f"stats_{kind}", [_counted(f, by, subject) for f in broad for by in COUNTED])
    figures |= _measured(store, "search", [_searched(words) for words in SEARCHES])
    save("queries", figures)


_TABLES = {"articles": articles, "reports": reports, "incidents": incidents}


def _paged(filter: Filter, subject: Subject) -> Ask:
    return lambda connection: page(connection, filter, subject)


def _faceted(filter: Filter, subject: Subject) -> Ask:
    return lambda connection: facets(connection, filter, subject)


def _counted(filter: Filter, by: Any, subject: Subject) -> Ask:
    return lambda connection: stats(connection, filter, by, subject)


def _searched(words: str) -> Ask:
    return lambda connection: search(connection, words)


def _measured(store: Store, name: str, questions: list[Ask]) -> dict[str, float]:
    spent: list[float] = []
    worked: list[float] = []
    for ask in questions:
        for time_ in range(TIMES + 1):
            with store.read() as connection:
                began, busy = time.perf_counter(), time.process_time()
                ask(connection)
                if time_:
                    spent.append(1000 * (time.perf_counter() - began))
                    worked.append(1000 * (time.process_time() - busy))
    return _percentiles(name, spent) | _percentiles(f"{name}_processor", worked)


def _percentiles(name: str, spent: list[float]) -> dict[str, float]:
    cut = statistics.quantiles(spent, n=20, method="inclusive")[-1] if len(spent) > 1 else spent[0]
    return {
        f"{name}_p50_ms": round(statistics.median(spent), 1),
        f"{name}_p95_ms": round(cut, 1),
        f"{name}_max_ms": round(max(spent), 1),
    }


def _filters(connection: Connection) -> Iterator[Filter]:
    """Conditions over common and rare values, alone and together."""
    types = _values(connection, reports.c.sub_event_type)
    places = _values(connection, reports.c.place)
    governorates = _values(connection, reports.c.governorate)
    actors = _values(connection, report_actors.c.actor)
    sources = _values(connection, report_sources.c.source)
    outlets = _values(connection, articles.c.outlet)
    last = dt.date.fromisoformat(str(connection.scalar(select(func.max(reports.c.start)))))
    month: dict[str, Any] = {"start": last - dt.timedelta(60), "end": last - dt.timedelta(30)}
    yield Filter()
    yield from (Filter(types=(types[0],)), Filter(governorates=(governorates[0],)), Filter(actors=(actors[0],)))
    yield from (Filter(types=(types[-1],)), Filter(types=tuple(types[:3])), Filter(types=tuple(types[-3:])))
    yield from (Filter(places=(places[0],)), Filter(places=(places[-1],)), Filter(places=tuple(places[:4])))
    yield from (
        Filter(actors=(actors[-1],)),
        Filter(actors=tuple(actors[:2])),
        Filter(actors=(actors[0],), roles=("actor2",)),
    )
    yield from (Filter(sources=(sources[0],)), Filter(sources=(sources[-1],)), Filter(outlets=(outlets[0],)))
    yield from (
        Filter(governorates=(governorates[-1],)),
        Filter(governorates=tuple(governorates[:3])),
        Filter(country="SY"),
    )
    yield from (Filter(box=Box(36, 35, 38, 37)), Filter(box=Box(37.1, 36.1, 37.2, 36.3)), Filter(pcode="SY02"))
    yield from (Filter(modalities=("planned",)), Filter(modalities=("denied", "attempted")), Filter(background=True))
    yield from (Filter(min_killed=100), Filter(min_killed=1), Filter(words="قصف"), Filter(grades=("fair",)))
    yield from (
        Filter(types=(types[0],), actors=(actors[0],), **month),
        Filter(actors=(actors[-1],), sources=(sources[0],)),
    )
    yield Filter(governorates=(governorates[-1],), types=(types[0],), sources=(sources[0],), actors=(actors[0],))
    yield Filter(start=last - dt.timedelta(700), end=last - dt.timedelta(650))
    yield from (Filter(**month), Filter(governorates=(governorates[1],), **month), Filter(actors=(actors[0],), **month))


def _values(connection: Connection, column: Any) -> list[Any]:
    """The values of a column, commonest first."""
    counted = select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column)
    return list(connection.scalars(counted))


if __name__ == "__main__":
    main()
