"""Neighbours: whatever may be linked to a report is found in the database, whatever its place, type and days."""

import random
from contextlib import closing
from typing import Any

import pytest
from sqlalchemy import select

from cases import account, coded
from waqai.deriving.neighbours import Around, PlaceIndex, reports_around
from waqai.incidents.candidates import window
from waqai.incidents.merging import Merger
from waqai.knowledge.incidents import load_incidents
from waqai.records_reading import Packing
from waqai.store.incidents import by_number
from waqai.store.opening import open_store
from waqai.store.schema import reports
from waqai.store.writing import Writer

KNOWLEDGE = load_incidents()
PLACES: dict[str, list[Any]] = {
    "town": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib"],
    "next": ["x-2", "كفر سما", "Kafr Sama", 35.66, 36.70, "settlement", "Idlib"],
    "beyond": ["x-9", "كفر زيت", "Kafr Zayt", 35.71, 36.70, "settlement", "Idlib"],
    "far": ["x-10", "كفر بعيد", "Kafr Baid", 35.91, 36.70, "settlement", "Idlib"],
    "farther": ["x-11", "كفر أبعد", "Kafr Abad", 35.99, 36.70, "settlement", "Idlib"],
    "across": ["x-12", "تل حسان", "Tell Hassan", 35.62, 36.71, "settlement", "Aleppo"],
    "around": ["x-2", "كفر سما", "Kafr Sama", 35.66, 36.70, "settlement", "Idlib", 3],
    "around_far": ["x-10", "كفر بعيد", "Kafr Baid", 35.91, 36.70, "settlement", "Idlib", 3],
    "market": ["x-1/السوق", "السوق", "", None, None, "site", "Idlib"],
    "quarter": ["x-4", "حي الزهور", "Zuhur", 35.63, 36.71, "neighbourhood", "Idlib"],
    "area": ["x-5", "ريف إدلب", "Idlib countryside", 35.65, 36.68, "area", "Idlib", 3],
    "small_area": ["x-13", "جبل حسان", "Jabal Hassan", 35.70, 36.68, "area", "Idlib", 2],
    "gov": ["x-6", "إدلب", "Idlib", 35.80, 36.70, "governorate", "Idlib", 4],
    "of_gov": ["x-1", "تل حسان", "Tell Hassan", 35.61, 36.70, "settlement", "Idlib", 4],
    "other_gov": ["x-14", "حلب", "Aleppo", 36.20, 37.15, "governorate", "Aleppo", 4],
    "city": ["x-15", "دمشق", "Damascus", 33.51, 36.29, "settlement", "Damascus"],
    "suburb": ["x-16", "جرمانا", "Jaramana", 33.52, 36.30, "settlement", "Rural Damascus"],
    "state": ["x-7", "سوريا", "Syria", 35.0, 38.0, "country", "Homs", 6],
    "nowhere": ["x-8", "حمرية", "Hamriya", None, None, "settlement", None, 5],
}
DAYS = [
    "2016-05-01",
    "2016-05-02",
    "2016-05-03",
    "2016-05-20",
    "pub",
    "none",
    "2016-05",
    "2016",
    "2016-04-30..2016-05-03",
]
TYPES = ["air", "shell", "clash", "takes", "regains", "ied", "protest"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_all_that_may_be_linked_is_found_and_what_is_of_no_partner_is_not(record_address: str, seed: int) -> None:
    chance = random.Random(seed)
    made = [
        account(
            f"r{number}",
            PLACES,
            **{
                "at": chance.choice(sorted(PLACES)), "near": chance.random() < 0.3, "on": chance.choice(DAYS),
                "is": chance.choice(TYPES), "by": "regime", "k": 12, "pub": chance.choice(["2016-05-01", "2016-05-04"]),
            },
        )
        for number in range(300)
    ]  # fmt: skip
    merger = Merger(KNOWLEDGE)
    linked = 0
    with closing(open_store(record_address, create=True)) as store:
        with Writer(store) as writer:
            for one in coded(made):
                writer.add(one.article, one.reports, (), "made 1")
        with store.read() as connection:
            stored = list(connection.scalars(select(reports.c.number)))
            packing = Packing()
            every = {one.number: one.outline(packing) for one in by_number(connection, stored)}
            index = PlaceIndex(connection, KNOWLEDGE)
            for one in list(every.values())[:60]:
                mine = window(one, KNOWLEDGE)
                found = reports_around(connection, Around([mine] if mine else [], index), KNOWLEDGE.longest)
                may = {number for number, other in every.items() if merger.link(one, other) is not None}
                linked += len(may)
                assert may <= found
                partners = KNOWLEDGE.partners[one.sub_event_type]
                assert {every[number].sub_event_type for number in found} <= set(partners)
    assert linked > 20
