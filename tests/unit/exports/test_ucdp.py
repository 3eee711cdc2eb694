"""UCDP's table: columns, sides, deaths by side."""

import io
import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exported import (
    ARMY,
    CIVILIANS,
    FSA,
    HOMS,
    ISIS,
    MAHIN,
    MOSUL,
    RUSSIA,
    article,
    codebook,
    day,
    happening,
    incident,
    known,
    moved,
    version,
)
from waqai.exports.sheets import RowSheet
from waqai.exports.ucdp import deaths_of, priogrid, sides_of, ucdp_row
from waqai.model.incident import Incident, Toll, TollOf

HEADER = re.findall(
    r"\w+",
    """
id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name dyad_dset_id
dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b number_of_sources
source_article source_office source_date source_headline source_original where_prec where_coordinates where_description
adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec date_start
date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""",
)


def row(**more: Any) -> dict[str, Any]:
    found = ucdp_row(happening(**more), known())
    assert isinstance(found, dict), found
    return found


def fight(one: tuple[Any, ...], other: tuple[Any, ...], **more: Any) -> Incident:
    return incident(sub_event_type="Armed clash", actor1=one, actor2=other, **({"tolls": ()} | more))


def killed(who: Any, low: int, high: int | None, side: str | None = None) -> Any:
    return version(TollOf("killed", who, side, low, high))


def test_the_columns_are_those_of_the_field() -> None:
    assert list(known().names("ucdp")) == HEADER
    assert set(row()) <= set(HEADER)


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ((ISIS,), (ARMY,), (1, "regime", "isis")),
        ((ARMY, RUSSIA), (ISIS,), (1, "regime", "isis")),
        ((ISIS,), (FSA,), (2, "isis", "opposition")),
        ((ISIS,), (CIVILIANS,), (3, "isis", "civilians")),
        ((CIVILIANS,), (ISIS,), (3, "isis", "civilians")),
        ((RUSSIA,), (ARMY,), (1, "regime", "russia")),
    ],
)
def test_who_fights_whom(one: Any, other: Any, wanted: tuple[int, str, str]) -> None:
    found = sides_of(fight(one, other), known())
    assert (found.violence, found.a[0].camp, found.b[0].camp) == wanted


def test_a_side_that_is_not_told_leaves_the_type_open() -> None:
    assert sides_of(fight((ISIS,), ()), known()).violence is None
    assert sides_of(fight((), (ARMY,)), known()).violence is None
    assert sides_of(fight((), ()), known()).violence is None
    assert row()["type_of_violence"] is None  # an air strike: who was aimed at is not said
    assert row(sub_event_type="Attack", actor1=(ISIS,))["type_of_violence"] == 3
    assert row(sub_event_type="Attack", actor1=())["type_of_violence"] is None


def test_names_and_numbers_of_states() -> None:
    found = row(sub_event_type="Armed clash", actor1=(ISIS,), actor2=(ARMY,))
    assert (found["side_a"], found["side_b"]) == ("Government of Syria", "Islamic State")
    assert found["dyad_name"] == "Government of Syria - Islamic State"
    assert (found["gwnoa"], found["gwnob"], found["country_id"], found["region"]) == ("652", None, 652, "Middle East")
    assert row(sub_event_type="Attack", actor1=(ISIS,))["side_b"] == "Civilians"


def test_deaths_by_side_add_up() -> None:
    tolls = (
        killed("combatants", 4, 4, "regime"),
        killed("combatants", 2, 2, "isis"),
        killed("civilians", 1, 1),
        killed("unknown", 9, 9),
    )
    made = fight((ISIS,), (ARMY,), tolls=tolls, killed=Toll(7, 9, 12))
    found = deaths_of(made, sides_of(made, known()))
    assert (found.a, found.b, found.civilians, found.unknown) == (4, 2, 1, 2)
    assert (found.low, found.best, found.high) == (7, 9, 12)


def test_the_dead_of_a_side_are_its_own_whoever_they_were() -> None:
    told = (killed("unknown", 4, 4, "regime"), killed("unknown", 3, 3, "isis"), killed("combatants", 2, 2, "isis"))
    made = fight((ISIS,), (ARMY,), tolls=told, killed=Toll(7, 7, 7))
    found = deaths_of(made, sides_of(made, known()))
    assert (found.a, found.b, found.civilians, found.unknown) == (4, 2, 0, 1)


def test_what_does_not_add_up_is_unknown() -> None:
    made = fight((ISIS,), (ARMY,), tolls=(killed("civilians", 20, 20),), killed=Toll(5, 5, 5))
    found = deaths_of(made, sides_of(made, known()))
    assert (found.civilians, found.unknown, found.best) == (0, 5, 5)


def test_the_best_of_several_versions_counts_once() -> None:
    made = fight((ISIS,), (ARMY,), tolls=(killed("civilians", 3, 3), killed("civilians", 8, 8)), killed=Toll(3, 3, 8))
    assert deaths_of(made, sides_of(made, known())).civilians == 3


numbers = st.integers(0, 60)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["combatants", "civilians", "unknown"]), st.sampled_from([None, "isis", "regime"]), numbers
        )
    ),
    numbers,
    numbers,
    numbers,
)
def test_best_is_always_the_sum(tolls: Any, low: int, more: int, most: int) -> None:
    told = tuple(killed(who, count, count, side) for who, side, count in tolls)
    made = fight((ISIS,), (ARMY,), tolls=told, killed=Toll(low, low + more, low + more + most))
    found = deaths_of(made, sides_of(made, known()))
    assert found.best == found.a + found.b + found.civilians + found.unknown == low + more
    assert found.low <= found.best <= found.high
    assert min(found.a, found.b, found.civilians, found.unknown) >= 0


def test_events_without_a_death_are_left_out() -> None:
    assert ucdp_row(happening(killed=None), known()) == "no death"
    assert ucdp_row(happening(killed=Toll(0, 0, 0)), known()) == "no death"
    assert row(killed=Toll(0, None, 4))["high"] == 4
    assert row(killed=Toll(6, None, None))["high"] == 6
    assert ucdp_row(happening(date=None), known()) == "no date"
    assert ucdp_row(happening(place=None), known()) == "no place"


def test_sources_are_parted_by_semicolons() -> None:
    title = 'حمص: «قصف"؛ ثم ; هدوء\n'
    found = ucdp_row(happening(articles=(article(title=title, outlet='صوت; "سهل"'),)), known())
    assert isinstance(found, dict)
    assert found["source_article"] == "\"صوت, 'سهل',2015-11-01,حمص: «قصف'؛ ثم , هدوء\""
    assert str(found["source_headline"]).count(";") == 0 and found["source_office"] == "صوت, 'سهل'"
    assert found["source_original"] == "Syrian Observatory for Human Rights"


def test_precision_and_clarity() -> None:
    found = row(date=day("2015-10-01", "2015-10-31", 4), place=HOMS)
    assert (found["date_prec"], found["where_prec"], found["event_clarity"]) == (4, 4, 2)
    assert (found["date_start"], found["date_end"], row()["event_clarity"]) == ("2015-10-01", "2015-10-31", 1)
    near = row(place=moved(MAHIN, relation="near", precision=2))
    assert (near["where_description"], near["where_prec"]) == ("near Mahin, Homs", 2)
    assert row(place=MOSUL)["adm_1"] == ""


@given(
    st.integers(-900_000, 900_000).map(lambda n: n / 10_000),
    st.integers(-1_800_000, 1_800_000).map(lambda n: n / 10_000),
)
def test_a_cell_of_half_a_degree_holds_its_point(lat: float, lon: float) -> None:
    number = priogrid(lat, lon) - 1
    south, west = number // 720 / 2 - 90, number % 720 / 2 - 180
    assert south <= lat <= south + 0.5 and west <= lon <= west + 0.5


def test_pandas_reads_it_back() -> None:
    held = io.BytesIO()
    sheet = RowSheet(held, "ucdp", codebook(), known())
    for one in (happening(), happening(killed=None), happening(place=moved(MAHIN, lat=None, lon=None))):
        sheet.add(one)
    sheet.close()
    held.seek(0)
    read = pd.read_csv(held)
    assert list(read.columns) == HEADER and len(read) == 2
    assert (read.best == read.deaths_a + read.deaths_b + read.deaths_civilians + read.deaths_unknown).all()
    assert read.geom_wkt[0] == "POINT (37.0683 34.2897)" and pd.isna(read.geom_wkt[1]) and pd.isna(read.priogrid_gid[1])
    assert read.conflict_new_id.isna().all() and read.id.str.startswith("WQ-").all()
