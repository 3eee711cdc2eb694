"""Facets and stats in both ways of answering, beside the same counted row by row in Python, on made rows in both databases."""

import datetime as dt
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from waqai.queries.areas import Box
from waqai.queries.conditions import INCIDENTS, REPORTS, Subject, conditions
from waqai.queries.facets import facets
from waqai.queries.filters import Filter
from waqai.queries.listing import count
from waqai.queries.papers import count_papers, papers
from waqai.queries.points import histogram, points, unplaced
from waqai.queries.stats import DIMENSIONS, TIMES, Dimension, happened, period, stats
from waqai.store import counted, counted_incidents, schema
from waqai.store.opening import Store, open_store

TYPES = {
    "Armed clash": "Battles",
    "Air/drone strike": "Explosions",
    "Suicide bomb": "Explosions",
    "Mob violence": "Riots",
}
CAMPS = {"army": "regime", "militia": "regime", "isis": "isis", "sdf": "sdf"}
DAYS = ("2016-01-01", "2016-01-03", "2016-01-04", "2016-02-29", "2017-12-31", "2018-01-01", None)
COUNTRIES = {"p1": "SY", "p2": "SY", "p3": "IQ", "p4": "SY", None: None}
FILTERS = (
    Filter(),
    Filter(types=("Armed clash",)),
    Filter(types=("Armed clash", "Mob violence"), governorates=("G1",)),
    Filter(actors=("army",)),
    Filter(actors=("army", "isis"), roles=("actor2",)),
    Filter(camps=("regime",), start=dt.date(2016, 1, 2), end=dt.date(2017, 12, 31)),
    Filter(camps=("regime", "sdf"), actors=("isis",)),
    Filter(camps=("regime",), actors=("isis", "army"), roles=("actor1",)),
    Filter(sources=("s1",), country="SY"),
    Filter(outlets=("o1",), modalities=("happened", "planned")),
    Filter(background=True),
    Filter(min_killed=3, box=Box(30, 30, 33, 33)),
    Filter(pcode="SY0"),
    Filter(places=("p1", "p3"), modalities=("denied",)),
    Filter(as_of=dt.date(2016, 3, 1)),
    Filter(types=("no such",)),
    Filter(held_back=dt.date(2017, 12, 31)),
    Filter(grades=("fair",), outlets=("o2",)),
    Filter(incident="i3"),
    Filter(placed=True, box=Box(30, 30, 37, 37)),
    Filter(placed=False, actors=("sdf",)),
    Filter(dated=True, box=Box(30, 30, 37, 37)),
    Filter(dated=False),
)


@pytest.fixture
def store(record_address: str) -> Iterator[Store]:
    made = open_store(record_address, create=True)
    with made.write() as connection:
        for table, rows in _rows(random.Random(4)).items():
            connection.execute(insert(getattr(schema, table)), rows)
    yield made
    made.close()


def _rows(chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """300 reports in 60 articles, 80 incidents; whatever may be unknown is unknown in some."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found["actors"] = [
        {"id": id, "name_ar": id, "name_en": "", "camp": camp, "kind": "x", "folded": id} for id, camp in CAMPS.items()
    ]
    found["places"] = [
        {"id": id, "name_ar": id, "name_en": id, "folded": id, "level": "settlement", "pcode": f"SY0{id}"}
        for id in COUNTRIES
        if id
    ]
    for number in range(1, 61):
        found["articles"].append(_article(number, chance))
    for number in range(80):
        found["incidents"].append(
            _event(chance, "best")
            | {"id": f"i{number}", "disputed": False, "voices": 1, "size": 1, "grade": chance.choice(("fair", None))}
        )
        found["incident_actors"] += _named(f"i{number}", "incident", chance)
        found["incident_sources"] += [
            {"source": key, "incident": f"i{number}"} for key in chance.sample(("s1", "s2"), chance.randrange(3))
        ]
    for number in range(1, 301):
        found["reports"].append(_event(chance) | _of_report(number, chance))
        found["report_actors"] += _named(number, "report", chance)
        found["report_sources"] += [
            {"source": key, "report": number, "stance": stance, "furthest": True}
            for key, stance in itertools.product(("s1", "s2"), ("asserts", "denies"))
            if chance.random() < 0.4
        ]
    return found


def _article(number: int, chance: random.Random) -> dict[str, Any]:
    day = chance.choice(DAYS)
    return {
        "number": number, "key": f"k{number}", "doc_id": "d", "copy_of": f"k{number}", "title": "t", "text": "t",
        "text_sha256": "t", "outlet": chance.choice(("o1", "o2", None)), "published": day, "known": day or "2019-01-01",
        "stored": "2026-01-01", "coder": "made", "synthetic": True,
    }  # fmt: skip


def _of_report(number: int, chance: random.Random) -> dict[str, Any]:
    return {
        "number": number, "id": f"r{number}", "article": chance.randrange(1, 61), "incident": f"i{chance.randrange(80)}",
        "family": "x", "confidence": 1.0, "superseded": chance.choice((None, None, None, "2016-06-01")), "account": "x",
        "outline": "x",
    }  # fmt: skip


def _event(chance: random.Random, *more: str) -> dict[str, Any]:
    type, place, start = chance.choice(list(TYPES)), chance.choice(list(COUNTRIES)), chance.choice(DAYS)
    tolls: dict[str, int | None] = {
        f"{toll}_{end}": None for toll in ("killed", "injured") for end in ("low", "high", *more)
    }
    for toll in ("killed", "injured"):
        low = chance.choice((None, 0, 1, 5))
        if low is not None:
            tolls[f"{toll}_low"], tolls[f"{toll}_high"] = low, chance.choice((None, low, low + 4))
            tolls |= {f"{toll}_{end}": chance.choice((None, low, low + 1)) for end in more}
    point = chance.choice((None, 31.0, 36.0))
    return {
        "event_type": TYPES[type], "sub_event_type": type, "place": place, "country": COUNTRIES[place], "lat": point,
        "lon": point, "pcode": f"SY0{place}" if place else None, "governorate": chance.choice(("G1", "G2", None)),
        "modality": chance.choice(("happened", "happened", "attempted", "planned", "denied")),
        "background": chance.random() < 0.2, "start": start, "end": start and max(start, chance.choice(DAYS) or start),
        "known": start or "2016-01-01", "json": "{}", **tolls,
    }  # fmt: skip


def _named(key: object, column: str, chance: random.Random) -> list[dict[str, Any]]:
    roles = itertools.product(CAMPS, ("actor1", "actor2", "blamed"))
    return [{"actor": actor, "role": role, column: key} for actor, role in roles if chance.random() < 0.2]


def _fitting(connection: Connection, filter: Filter, subject: Subject) -> list[dict[str, Any]]:
    asked = select(subject.table).where(*conditions(connection, filter, subject))
    return [dict(row) for row in connection.execute(asked).mappings()]


def _actors(connection: Connection, subject: Subject, roles: tuple[str, ...]) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for row in connection.execute(select(subject.actors)).mappings():
        if row["role"] in roles:
            found[row[subject.named]].append(row["actor"])
    return found


def _sources(connection: Connection, subject: Subject) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = defaultdict(list)
    for row in connection.execute(select(subject.sources)).mappings():
        found[row[subject.named]].append(row["source"])
    return found


@pytest.fixture(params=["from rows", "kept", "in pieces"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, store: Store) -> str:
    """Counted from the rows themselves, from what is kept of them, and where only some pieces are kept."""
    if request.param == "in pieces":
        monkeypatch.setattr(counted, "PIECE", 64)
    if request.param != "from rows":
        with store.write() as connection:
            for piece in counted.missing(connection)[:: 2 if request.param == "in pieces" else 1]:
                counted.keep(connection, piece)
            counted_incidents.keep_missing(connection)
            if request.param == "in pieces":
                counted_incidents.forget(connection, ["i1", "i2", "i3"])
    return str(request.param)


@pytest.mark.parametrize("subject", [REPORTS, INCIDENTS], ids=["reports", "incidents"])
def test_facets_are_what_counting_row_by_row_gives(store: Store, subject: Subject, way: str) -> None:
    with store.read() as connection:
        actors = _actors(connection, subject, ("actor1", "actor2", "blamed"))
        sources = _sources(connection, subject)
        for filter in FILTERS:
            plain: dict[str, Counter[str | None]] = defaultdict(Counter)
            for row in _fitting(connection, filter, subject):
                for name in ("event_type", "sub_event_type", "modality", "country", "governorate", "place", "grade"):
                    plain[name][row.get(name)] += 1
                plain["year"][row["start"] and row["start"][:4]] += 1
                key = row[subject.key.name]
                plain["actor"].update(set(actors[key]))
                plain["camp"].update({CAMPS[actor] for actor in actors[key]})
                plain["source"].update(set(sources[key]))
            for facet in facets(connection, filter, subject):
                assert {one.value: one.number for one in facet.values} == plain[facet.name], (facet.name, filter)
                assert [one.number for one in facet.values] == sorted(plain[facet.name].values(), reverse=True)


def _plainly(connection: Connection, filter: Filter, by: tuple[Dimension, ...], subject: Subject) -> dict[Any, Any]:
    """What `stats` counts, row by row."""
    used = happened(filter)
    actors = _actors(connection, subject, used.roles or ("actor1", "actor2"))
    sources = _sources(connection, subject)
    found: dict[Any, list[int]] = defaultdict(lambda: [0] * 10)
    for row in _fitting(connection, used, subject):
        key = row[subject.key.name]
        values: list[list[str | None]] = []
        across = False
        for name in by:
            if name in TIMES:
                ends = [period(row[end], name) for end in ("start", "end")]
                across = ends[0] != ends[1]
                values.append([ends[0]])
            elif name in ("actor", "camp"):
                values.append([CAMPS[one] if name == "camp" else one for one in actors[key]])
            elif name == "source":
                values.append([*sources[key]])
            else:
                values.append([row[{"type": "sub_event_type", "event-type": "event_type"}.get(name, name)]])
        for keys in itertools.product(*values):
            sums = [1, int(across), *_toll(row, "killed"), *_toll(row, "injured")]
            found[keys] = [a + b for a, b in zip(found[keys], sums, strict=True)]
    return dict(found)


def _toll(row: dict[str, Any], toll: str) -> list[int]:
    low, high = row[f"{toll}_low"], row[f"{toll}_high"]
    if low is None:
        return [0, 0, 0, 0]
    best = row.get(f"{toll}_best")
    best = low if best is None else best
    return [low, best, best if high is None else high, int(high is None)]


@pytest.mark.parametrize("subject", [REPORTS, INCIDENTS], ids=["reports", "incidents"])
def test_stats_are_what_counting_row_by_row_gives(store: Store, subject: Subject, way: str) -> None:
    more: list[tuple[Dimension, ...]] = [
        ("week", "type"), ("month", "governorate"), ("camp", "year"), ("actor", "source", "month"), ("place", "actor"),
        ("source", "event-type"), ("country", "modality", "year"),
    ]  # fmt: skip
    with store.read() as connection:
        for filter in FILTERS:
            for by in [*((name,) for name in DIMENSIONS), *more]:
                if "grade" in by and subject is REPORTS:
                    continue
                found = stats(connection, filter, by, subject)
                plain = _plainly(connection, filter, by, subject)
                held = {
                    row.keys: [
                        row.events, row.across,
                        *(getattr(toll, part) for toll in (row.killed, row.injured) for part in ("low", "best", "high", "open")),
                    ]
                    for row in found.rows if row.events
                }  # fmt: skip
                assert held == plain, (by, filter)


@pytest.mark.parametrize("subject", [REPORTS, INCIDENTS], ids=["reports", "incidents"])
def test_how_many_there_are_is_how_many_rows_fit(store: Store, subject: Subject, way: str) -> None:
    with store.read() as connection:
        for filter in FILTERS:
            fitting = len(_fitting(connection, filter, subject))
            assert count(connection, filter, subject).number == fitting, filter
            assert count(connection, filter, subject, 5).more == (fitting > 5)


def test_articles_are_the_same_from_columns_and_from_rows(
    store: Store, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[object]:
        with store.read() as connection:
            pages = [(papers(connection, one, 7), papers(connection, one, 100)) for one in FILTERS]
            return [*pages, *(count_papers(connection, one, 30) for one in FILTERS)]

    few = told()
    monkeypatch.setattr("waqai.queries.papers._FEW", 3)  # then more than a few are walked through
    many = told()
    monkeypatch.setattr("waqai.queries.papers.whole", lambda *_: False)
    assert few == many == told()


def test_points_and_bars_are_those_of_the_rows(store: Store, way: str) -> None:
    with store.read() as connection:
        for filter in FILTERS:
            rows = _fitting(connection, filter, INCIDENTS)
            placed = {row["id"]: row for row in rows if row["lat"] is not None and row["lon"] is not None}
            found = points(connection, filter, 1000)
            assert {one.id: (one.lat, one.start, one.voices) for one in found} == {
                id: (row["lat"], row["start"], row["voices"]) for id, row in placed.items()
            }
            assert {one.id: one.killed for one in found} == {
                id: None if row["killed_low"] is None else (row["killed_low"], row["killed_best"], row["killed_high"])
                for id, row in placed.items()
            }
            assert {one.id for one in points(connection, filter, 3)} == set(sorted(placed)[:3])
            if filter.placed is None:
                nowhere = Counter((row["start"], row["end"]) for row in rows if row["lat"] is None)
                assert Counter(unplaced(connection, filter)) == nowhere
            bars: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
            for row in (row for row in rows if row["start"] is not None):
                name = period(row["start"], "week") or ""
                told = [1, int(period(row["end"], "week") != name), _toll(row, "killed")[1]]
                bars[name] = [a + b for a, b in zip(bars[name], told, strict=True)]
            drawn = histogram(connection, filter, "week")
            assert {bar.name: [bar.incidents, bar.across, bar.killed] for bar in drawn if bar.incidents} == bars
