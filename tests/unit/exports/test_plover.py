"""PLOVER's records: required fields, actors that are not told, what PLOVER has no field for."""

import io
import json
from typing import Any

import pytest

from exported import ARMY, CIVILIANS, HOMS, ISIS, article, codebook, day, known, span, telling
from waqai.exports.facts import Telling
from waqai.exports.plover import plover_record
from waqai.exports.sheets import LineSheet
from waqai.model.report import Casualties, Claim, NamedActor, NamedDate, NamedPlace, NamedSource

FIELDS = {
    "id", "has_event", "date", "time", "actor", "recipient", "event", "event_loc", "event_text", "quad_code", "event_scale",
    "mode", "context", "link", "text", "text_info", "cite_info", "coder", "coded_date", "coded_time", "comment", "enddate",
    "endtime", "size", "waqai",
}  # fmt: skip
SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "CVL", "MED", "REF", "EDU"}
QUADS = {"AGREE": 1, "RETREAT": 2, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}


def record(made: Telling | None = None, **more: Any) -> dict[str, Any]:
    found = plover_record(made or telling(**more), codebook(), known())
    assert isinstance(found, dict), found
    return found


def test_the_fields_are_those_of_the_field() -> None:
    assert set(known().names("plover")) == FIELDS
    assert list(record()) == [name for name in known().names("plover") if name in record()]


def test_required_fields_are_there() -> None:
    found = record()
    assert (found["id"], found["date"], found["event"], found["mode"]) == ("WQ-r1", "2015-10-31", ["ASSAULT"], "aerial")
    assert found["actor"] == [
        {"code": "RUS", "sector": "MIL", "entity_text": "الطيران الروسي", "identifier_text": "Russian Aerospace Forces"}
    ]
    assert (found["quad_code"], found["size"], found["link"]) == (4, {"dead": 3}, "WQ-r1")
    assert found["event_loc"]["resolved_place"] == "Mahin" and found["event_loc"]["resolution"] == "city"
    assert (found["event_loc"]["country_code"], found["event_loc"]["province"]) == ("SYR", "Homs")
    assert found["text_info"] == {"start": 4, "end": 4 + len(found["event_text"]), "in": "text"}
    assert found["cite_info"]["language"] == "ar" and found["comment"] is None


def test_an_actor_who_is_not_told_is_kept_and_flagged() -> None:
    found = record(actor1=())
    assert found["actor"] == [{"code": None, "sector": "UNK"}]
    assert found["comment"].startswith("no actor is stated")


def test_claims_stay_claims() -> None:
    source = NamedSource(telling().report.claims[0].chain[0].source, None)
    found = record(
        telling(article(synthetic=True), modality="attempted", background=True, claims=(Claim((source,), "denies"),))
    )
    assert found["comment"] == (
        "told as attempted; told as background; a source denies or doubts it; synthetic: the article was made up"
    )
    assert found["waqai"]["claims"][0]["stance"] == "denies" and found["waqai"]["modality"] == "attempted"


def test_ranges_and_precision_are_kept_beside() -> None:
    toll = Casualties("injured", "unknown", None, 10, None, 0, span("عشرة على الأقل"))
    found = record(injured=(10, None), casualties=(toll,), date=NamedDate(day("2015-10-01", "2015-10-31", 4), None))
    assert found["size"] == {"dead": 3, "injured": 10} and found["waqai"]["injured"] == [10, None]
    assert (found["enddate"], found["waqai"]["date_precision"]) == ("2015-10-31", 4)


def test_sectors_and_quads_are_plovers() -> None:
    for type in codebook().event_types:
        found = record(
            sub_event_type=type,
            actor1=tuple(NamedActor(a, None) for a in (ISIS, ARMY)),
            actor2=(NamedActor(CIVILIANS, None),),
        )
        assert found["quad_code"] == QUADS[found["event"][0]]
        assert {actor["sector"] for actor in found["actor"] + found["recipient"]} <= SECTORS
    assert [actor["sector"] for actor in found["actor"]] == ["REB", "MIL"] and found["recipient"][0]["sector"] == "CVL"


@pytest.mark.parametrize("place", [None, NamedPlace(HOMS, None)])
def test_places_may_be_vague_or_missing(place: Any) -> None:
    found = record(place=place)
    assert (found["event_loc"] and found["event_loc"]["resolution"]) == (place and "province")


def test_json_lines_are_read_back() -> None:
    held = io.BytesIO()
    sheet = LineSheet(held, codebook(), known())
    assert [sheet.add(telling()), sheet.add(telling(date=None)), sheet.add(telling(actor1=()))] == [
        None,
        "no date",
        None,
    ]
    sheet.close()
    read = [json.loads(line) for line in held.getvalue().decode("utf-8").splitlines()]
    assert len(read) == 2 and all(
        set(one) <= FIELDS and one["id"] and one["date"] and one["actor"] and one["event"] for one in read
    )
    assert sheet.filled["recipient"] == 0 and sheet.filled["actor"] == 2
