"""ACLED's table: columns, codes, what is left out."""

import io
import re
from typing import Any

import pandas as pd
import pytest

from exported import (
    ARMY,
    CIVILIANS,
    FSA,
    HOMS,
    ISIS,
    MAHIN,
    MEDICS,
    MOSUL,
    RUSSIA,
    SANA,
    SOHR,
    STORED,
    codebook,
    day,
    happening,
    known,
    moved,
    version,
)
from waqai.exports.acled import acled_row
from waqai.exports.sheets import RowSheet
from waqai.model.incident import Toll, TollOf, Voice

HEADER = re.findall(
    r"\w+",
    """
event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2
assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude
geo_precision source source_scale notes fatalities tags timestamp
""",
)
PAIRS = """
State forces only;State forces-State forces;State forces-Rebel group;State forces-Political militia;State forces-Identity militia;
State forces-Rioters;State forces-Protesters;State forces-Civilians;State forces-External/Other forces;Rebel group only;
Political militia only;Political militia-Civilians;Rebel group-Rebel group;Rebel group-Protesters;Rebel group-Civilians;
Rebel group-External/Other forces;Protesters only;Rioters only;
External/Other forces-Civilians;External/Other forces only
""".replace("\n", "").split(";")


def row(**more: Any) -> dict[str, Any]:
    found = acled_row(happening(**more), codebook(), known())
    assert isinstance(found, dict), found
    return found


def why(**more: Any) -> str:
    found = acled_row(happening(**more), codebook(), known())
    assert isinstance(found, str)
    return found


def test_the_columns_are_those_of_the_field() -> None:
    assert list(known().names("acled")) == HEADER
    assert set(row()) <= set(HEADER)


def test_a_strike_on_civilians_by_column() -> None:
    found = row()
    assert found["event_id_cnty"] == "WQ-r1"
    assert (found["event_date"], found["year"], found["time_precision"]) == ("2015-10-31", 2015, 1)
    assert (found["disorder_type"], found["event_type"]) == ("Political violence", "Explosions/Remote violence")
    assert (found["actor1"], found["inter1"]) == ("Russian Aerospace Forces", "External/Other forces")
    assert (found["actor2"], found["inter2"]) == ("Civilians (Syria)", "Civilians")
    assert found["interaction"] == "External/Other forces-Civilians"
    assert found["civilian_targeting"] == "Civilian targeting"
    assert (found["iso"], found["region"], found["country"], found["admin1"]) == (760, "Middle East", "Syria", "Homs")
    assert (found["latitude"], found["longitude"], found["geo_precision"]) == (34.2897, 37.0683, 1)
    assert (found["fatalities"], found["timestamp"]) == (3, int(STORED.timestamp()))
    assert found["source"] == "Syrian Observatory for Human Rights"
    assert found["notes"].startswith("According to Syrian Observatory for Human Rights: Air/drone strike by Russian")
    assert "Killed: 3 to 5." in found["notes"] and "weak (suggested" in found["notes"]


def test_sides_with_those_beside_them() -> None:
    found = row(actor1=(ARMY, FSA), actor2=(ISIS,), sub_event_type="Armed clash", tolls=())
    assert (found["actor1"], found["assoc_actor_1"]) == ("Syrian Arab Army", "Free Syrian Army")
    assert (found["interaction"], found["civilian_targeting"]) == ("State forces-Rebel group", "")
    swapped = row(actor1=(ISIS,), actor2=(ARMY,), sub_event_type="Armed clash", tolls=())
    assert swapped["interaction"] == "State forces-Rebel group" and swapped["inter1"] == "Rebel group"


def test_the_target_of_violence_against_civilians_stands_second() -> None:
    found = row(actor1=(ISIS,), actor2=(), sub_event_type="Abduction/forced disappearance", tolls=())
    assert (found["actor2"], found["interaction"]) == ("Civilians (Syria)", "Rebel group-Civilians")
    found = row(actor1=(ISIS,), actor2=(MEDICS,), sub_event_type="Attack")
    assert (found["actor2"], found["assoc_actor_2"]) == ("Civilians (Syria)", "medics")


def test_nobody_is_made_up() -> None:
    found = row(actor1=(), actor2=(CIVILIANS,))
    assert (found["actor1"], found["inter1"]) == ("Unidentified Armed Group (Syria)", "Political militia")
    found = row(actor1=(), actor2=(), sub_event_type="Armed clash", tolls=())
    assert (found["actor2"], found["inter2"]) == ("", "")


def test_protesters_are_named_by_the_type() -> None:
    found = row(actor1=(), actor2=(), sub_event_type="Peaceful protest", tolls=(), place=MOSUL)
    assert (found["actor1"], found["interaction"]) == ("Protesters (Iraq)", "Protesters only")
    assert (found["disorder_type"], found["iso"], found["admin1"]) == ("Demonstrations", 368, "")


def test_civilians_who_demonstrate_are_protesters() -> None:
    found = row(actor1=(CIVILIANS,), actor2=(ARMY,), sub_event_type="Excessive force against protesters")
    assert (found["actor1"], found["interaction"]) == ("Protesters (Syria)", "State forces-Protesters")
    assert row(actor1=(CIVILIANS,), sub_event_type="Mob violence")["inter1"] == "Rioters"
    assert row(actor1=(CIVILIANS,), sub_event_type="Agreement", tolls=())["actor1"] == "Civilians (Syria)"


def test_forces_of_a_state_are_external_abroad() -> None:
    assert row(actor1=(ARMY,), place=MOSUL)["inter1"] == "External/Other forces"
    assert row(actor1=(RUSSIA,), place=moved(MAHIN, country="RU"))["inter1"] == "State forces"
    assert row(actor1=(ARMY,))["inter1"] == "State forces"


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        (day("2016-03-01", "2016-03-02", 2, "published"), ("2016-03-01", 2)),
        (day("2016-03-07", "2016-03-13", 3), ("2016-03-10", 2)),
        (day("2016-03-01", "2016-03-31", 4), ("2016-03-16", 3)),
    ],
)
def test_a_vague_day_is_the_middle_with_its_precision(date: Any, wanted: tuple[str, int]) -> None:
    found = row(date=date)
    assert (found["event_date"], found["time_precision"]) == wanted


def test_what_the_form_cannot_hold_is_said() -> None:
    assert why(date=None) == "no date"
    assert why(date=day("2016-01-01", "2016-12-31", 5)) == "date known to a year only"
    assert why(place=None) == "no place"
    assert why(place=moved(HOMS, level="country", precision=6)) == "place known to the country only"
    assert why(modality="attempted", sub_event_type="Agreement") == "an attempt that is no event of ACLED"


def test_an_attempted_taking_is_a_clash_and_a_foiled_bomb_a_disruption() -> None:
    assert (
        row(modality="attempted", sub_event_type="Non-state actor overtakes territory")["sub_event_type"]
        == "Armed clash"
    )
    found = row(modality="attempted", sub_event_type="Suicide bomb")
    assert (found["event_type"], found["sub_event_type"]) == ("Strategic developments", "Disrupted weapons use")
    assert "(attempted)" in found["notes"]


def test_geographical_precision() -> None:
    assert [row(place=moved(MAHIN, precision=n))["geo_precision"] for n in (1, 2, 3, 4, 5, 7)] == [1, 2, 2, 3, 3, 3]


def test_fatalities_are_the_lowest_and_nought_when_unknown() -> None:
    assert row(killed=Toll(2, 7, None))["fatalities"] == 2
    assert row(killed=None)["fatalities"] == 0


def test_a_denial_is_told_as_one() -> None:
    voices = (Voice("sohr", SOHR, None, ("r1",)), Voice("sana", SANA, "regime", ("r1",), ("denies",)))
    found = row(disputed=True, denials=("r1",), voices=voices, blamed=(version(ARMY),))
    assert "According to Syrian Observatory for Human Rights: " in found["notes"]
    assert "Disputed: denied by SANA." in found["notes"]
    assert "Syrian Observatory for Human Rights blames Syrian Arab Army." in found["notes"]
    assert found["source"] == "Syrian Observatory for Human Rights"


def test_a_voice_that_tells_it_and_doubts_it_stands_among_both() -> None:
    voices = (Voice("sohr", SOHR, None, ("r1",), ("asserts", "doubts")), Voice("sana", SANA, "regime", ("r2",)))
    notes = row(disputed=True, voices=voices)["notes"]
    assert "According to Syrian Observatory for Human Rights and SANA: " in notes
    assert "Disputed: doubted by Syrian Observatory for Human Rights." in notes
    assert "Disputed: denied or doubted." in row(disputed=True)["notes"]


def test_every_sub_event_type_has_its_disorder_type_and_a_known_interaction() -> None:
    for type in codebook().event_types:
        for actors in ((ISIS,), (ARMY,), ()):
            found = row(sub_event_type=type, actor1=actors, actor2=(), tolls=())
            assert set(found["disorder_type"].split("; ")) <= {
                "Political violence",
                "Demonstrations",
                "Strategic developments",
            }
            assert found["interaction"] in {*PAIRS, ""}, found["interaction"]


def test_a_place_has_its_district_and_subdistrict() -> None:
    found = row()
    assert (found["admin1"], found["admin2"], found["admin3"]) == ("Homs", "Homs", "Ein Elniser")
    assert [row(place=HOMS)[name] for name in ("admin2", "admin3")] == ["", ""]
    assert [row(place=MOSUL)[name] for name in ("admin2", "admin3")] == ["", ""]


def test_who_is_not_named_is_an_armed_group_only_where_the_armed_act() -> None:
    assert row(actor1=(), sub_event_type="Attack", place=MOSUL)["actor1"] == "Unidentified Armed Group (Iraq)"
    assert row(actor1=(), sub_event_type="Agreement", tolls=())["actor1"] == ""


def test_pandas_reads_it_back() -> None:
    held = io.BytesIO()
    sheet = RowSheet(held, "acled", codebook(), known())
    assert sheet.add(happening()) is None
    assert sheet.add(happening(date=None)) == "no date"
    sheet.add(
        happening(tolls=(version(TollOf("killed", "unknown", None, 1, 1)),), place=moved(MAHIN, name_en='=cmd|"x",\n'))
    )
    sheet.close()
    held.seek(0)
    read = pd.read_csv(held)
    assert list(read.columns) == HEADER and len(read) == 2
    assert read.event_date.tolist() == ["2015-10-31", "2015-10-31"]
    assert read.latitude.dtype == float and read.fatalities.tolist() == [3, 3]
    assert read.location[1].startswith("'=cmd")
    assert read.tags.isna().all()
