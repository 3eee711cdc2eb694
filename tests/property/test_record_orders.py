"""A record that grew in any order and in pieces of any size holds, to the byte, what one built at once holds."""

import random
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from cases import Coded, account, coded
from waqai.deriving.incidents import derive_incidents
from waqai.deriving.rulings import let_wait
from waqai.model.decision import Bound
from waqai.store.opening import Store, open_store
from waqai.store.schema import decisions, incident_actors, incident_sources, incidents, reports
from waqai.store.writing import Writer

PLACES: dict[str, list[Any]] = {
    "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
    "next": ["x-4", "تل عباس", "Tell Abbas", 35.62, 36.72, "settlement", "Idlib"],
    "quarter": ["x-2", "حي الزهور", "Zuhur", 35.63, 36.71, "neighbourhood", "Idlib"],
    "gov": ["x-3", "إدلب", "Idlib", 35.80, 36.70, "governorate", "Idlib", 4],
}
ROWS = st.fixed_dictionaries(
    {
        "is": st.sampled_from(["air", "air", "shell", "clash"]),
        "at": st.sampled_from(["town", "town", "next", "quarter", "gov"]),
        "near": st.booleans(),
        "on": st.sampled_from(["2016-05-01", "2016-05-02", "2016-05-03", "pub", "2016-05"]),
        "pub": st.sampled_from(["2016-05-02", "2016-05-03", "2016-05-06"]),
        "from": st.sampled_from(["الفجر", "المرقب", "البريد", "النهضة"]),
        "by": st.sampled_from([None, "regime", "russia", "isis"]),
        "k": st.sampled_from([None, "3", "12", "14"]),
        "via": st.sampled_from([(), ("sohr",), ("witnesses",), ("afp", "sohr")]),
        "art": st.sampled_from([f"a{number}" for number in range(9)]),
        "m": st.sampled_from(["happened", "happened", "denied"]),
    }
)


def put(store: Store, articles: Sequence[Coded], coder: str = "made 1") -> None:
    with Writer(store) as writer:
        for one in articles:
            writer.add(one.article, one.reports, (), coder)


def held(store: Store) -> list[list[tuple[Any, ...]]]:
    """All that is derived of incidents but where ids that are no more lead: that hangs on what was there before."""
    placed = (reports.c.id, reports.c.incident, reports.c.component, reports.c.top, reports.c.nearest)
    asked = [select(*placed).order_by(reports.c.id)]
    asked += [select(table).order_by(*table.primary_key) for table in (incidents, incident_actors, incident_sources)]
    with store.read() as connection:
        return [[tuple(row) for row in connection.execute(one)] for one in asked]


def decide(store: Store, number: int, action: str, of: Sequence[Coded], **more: str) -> None:
    """Write a decision on the first reports of these articles into the journal, as a person's."""
    bounds = [
        Bound(one.article.key, "text", r.evidence.start + 1, r.evidence.end, "remote", r.place and r.place.place.id)
        for one in of
        for r in one.reports[:1]
    ]
    told = [{name: getattr(bound, name) for name in bound.__slots__} for bound in bounds]
    row = {"field": None, "value": None, "undoes": None} | more
    row |= {"number": number, "at": "2026-01-01T00:00:00+00:00", "person": "a reviewer", "action": action}
    row |= {"article": bounds[0].article_key, "bounds": orjson.dumps(told).decode()}
    with store.write() as connection:
        connection.execute(insert(decisions), [row])
        let_wait(connection, bounds)


@settings(max_examples=10, deadline=None)
@given(st.lists(ROWS, min_size=3, max_size=16), st.randoms(use_true_random=False))
def test_in_any_order_and_pieces(rows: list[dict[str, Any]], chance: random.Random) -> None:
    articles = coded([account(f"r{number:02}", PLACES, **row) for number, row in enumerate(rows)])
    with tempfile.TemporaryDirectory() as folder:
        with closing(open_store(str(Path(folder) / "whole.db"), create=True)) as store:
            put(store, articles)
            derive_incidents(store)
            whole = held(store)
        chance.shuffle(articles)
        with closing(open_store(str(Path(folder) / "grown.db"), create=True)) as store:
            while articles:
                size = chance.randrange(1, 8)
                put(store, articles[:size])
                derive_incidents(store, batch=chance.choice((1, 3, 1000)), near=chance.choice((1, 4, 1000)))
                del articles[:size]
            assert held(store) == whole


@settings(max_examples=6, deadline=None)
@given(st.lists(ROWS, min_size=6, max_size=14), st.randoms(use_true_random=False))
def test_with_decisions_and_articles_that_are_coded_again(rows: list[dict[str, Any]], chance: random.Random) -> None:
    articles = coded([account(f"r{number:02}", PLACES, **row) for number, row in enumerate(rows)])
    assume(len(articles) > 2)
    decided = chance.sample(articles, k=3)
    again = chance.choice(articles)
    action = chance.choice(("merge", "split", "reject"))
    emptied = Coded(again.article, again.reports[1:])
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for name in ("whole", "grown"):
            with closing(open_store(str(Path(folder) / f"{name}.db"), create=True)) as store:
                put(store, articles)
                for step in (0, 1, 2):
                    if name == "grown":
                        derive_incidents(store, batch=chance.choice((1, 3, 1000)), near=chance.choice((1, 4, 1000)))
                    if step == 0:
                        decide(store, 1, "edit", decided[:1], field="killed", value="[12, 12]")
                        decide(store, 2, action, decided[1:])
                    elif step == 1:
                        put(store, [emptied], "made 2")
                derive_incidents(store)
                made.append(held(store))
    assert made[0] == made[1]
