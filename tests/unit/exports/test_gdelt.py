"""GDELT's events and mentions: columns, codes, cells without tabs."""

import io
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from exported import ARMY, CIVILIANS, HOMS, ISIS, KEY, MAHIN, MOSUL, article, day, happening, known, moved, report, span
from waqai.exports.facts import Happening
from waqai.exports.gdelt import gdelt_row, mention_rows
from waqai.exports.sheets import GdeltSheet

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
EVENTS = [
    *("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{n}{name}" for n in "12" for name in _ACTOR.split()),
    *("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"),
    *("NumMentions", "NumSources", "NumArticles", "AvgTone"),
    *(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in _GEO.split()),
    *("DATEADDED", "SOURCEURL"),
]
MENTIONS = re.findall(
    r"\w+",
    """GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID
    Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone
    MentionDocTranslationInfo Extras""",
)


def row(made: Happening | None = None, **more: Any) -> dict[str, Any]:
    found = gdelt_row(made or happening(**more), known())
    assert isinstance(found, dict), found
    return found


def test_the_columns_are_those_of_the_field() -> None:
    assert list(known().names("gdelt")) == EVENTS and len(EVENTS) == 61
    assert list(known().names("gdelt_mentions")) == MENTIONS and len(MENTIONS) == 16
    assert set(row()) <= set(EVENTS)
    assert all(set(mention) <= set(MENTIONS) for mention in mention_rows(happening()))


def test_an_event_by_column() -> None:
    found = row()
    assert (found["GLOBALEVENTID"], found["SQLDATE"], found["MonthYear"]) == ("WQ-r1", "20151031", "201510")
    assert found["FractionDate"] == f"{2015 + 331 / 365:.4f}"
    assert (found["EventCode"], found["EventBaseCode"], found["EventRootCode"], found["QuadClass"]) == (
        "195",
        "195",
        "19",
        4,
    )
    assert (found["Actor1Code"], found["Actor1Name"], found["Actor1CountryCode"]) == (
        "RUSMIL",
        "RUSSIAN AEROSPACE FORCES",
        "RUS",
    )
    assert (found["ActionGeo_Type"], found["ActionGeo_FullName"]) == (4, "Mahin, Homs, Syria")
    assert (found["ActionGeo_CountryCode"], found["ActionGeo_ADM1Code"]) == ("SY", "SY11")
    assert (found["DATEADDED"], found["SOURCEURL"], found["IsRootEvent"]) == ("20260102030405", None, 1)


@pytest.mark.parametrize(
    ("type", "weapon", "code", "scale"),
    [
        ("Armed clash", None, "190", -10.0),
        ("Peaceful protest", None, "141", -6.5),
        ("Remote explosive/landmine/IED", "car bomb", "1832", -10.0),
        ("Remote explosive/landmine/IED", "landmine", None, None),
        ("Agreement", None, None, None),
    ],
)
def test_cameo_only_where_it_is_certain(type: str, weapon: Any, code: Any, scale: Any) -> None:
    found = row(sub_event_type=type, weapon=weapon)
    assert (found["EventCode"], found["GoldsteinScale"]) == (code, scale)
    assert found["EventRootCode"] == (code[:2] if code else None)


def test_actor_codes() -> None:
    found = row(actor1=(ISIS, ARMY), actor2=(CIVILIANS,))
    assert (found["Actor1Type1Code"], found["Actor2Code"], found["Actor2CountryCode"]) == ("REB", "CVL", None)
    assert not [name for name in row(actor1=(), actor2=()) if name.startswith(("Actor1", "Actor2"))]


def test_where() -> None:
    assert row(place=HOMS)["ActionGeo_Type"] == 5
    found = row(place=MOSUL)
    assert (found["ActionGeo_FullName"], found["ActionGeo_CountryCode"], found["ActionGeo_ADM1Code"]) == (
        "Mosul, Iraq",
        "IZ",
        None,
    )
    assert "ActionGeo_Type" not in row(place=None)


def test_lead_and_offsets() -> None:
    late = replace(report(), evidence=span("قصف", 300), actor1=())
    made = Happening(happening().incident, (late,), {KEY: article()})
    assert row(made)["IsRootEvent"] == 0
    (found,) = mention_rows(made)
    assert (found["ActionCharOffset"], found["Actor1CharOffset"], found["Actor2CharOffset"]) == (300, -1, -1)
    titled = Happening(happening().incident, (replace(report(), evidence=span("قصف", 0, "title")),), {KEY: article()})
    assert (row(titled)["IsRootEvent"], mention_rows(titled)[0]["ActionCharOffset"]) == (1, -1)


def test_mentions_with_and_without_an_address() -> None:
    (found,) = mention_rows(happening())
    assert (found["MentionType"], found["MentionIdentifier"], found["MentionSourceName"]) == (2, "n1", "جسر الميدان")
    assert (found["Confidence"], found["MentionDocLen"], found["EventTimeDate"]) == (81, 400, "20260102030405")
    linked = article(url="https://news.example/a?b=1", outlet=None)
    (found,) = mention_rows(happening(articles=(linked,)))
    assert (found["MentionType"], found["MentionSourceName"]) == (1, "news.example")


def test_pandas_reads_it_back() -> None:
    events, mentions = io.BytesIO(), io.BytesIO()
    sheet = GdeltSheet(events, mentions, known())
    nasty = article(url="https://news.example/\tأ\n\u2028x", outlet='"صوت\r\nسهل')
    assert sheet.add(happening(articles=(nasty,), place=moved(MAHIN, name_en="Ma\thin\x0b"))) is None
    assert sheet.add(happening(date=None)) == "no date"
    sheet.add(happening(date=day("2015-11-01"), place=None))
    sheet.close()
    for held, columns in ((events, EVENTS), (mentions, MENTIONS)):
        lines = held.getvalue().decode("utf-8").split("\n")
        assert lines.pop() == "" and [line.count("\t") for line in lines] == [len(columns) - 1] * 2
        held.seek(0)
        read = pd.read_csv(held, sep="\t", header=None, names=columns, quoting=3, dtype={"EventCode": str})
        assert len(read) == 2 and read.GLOBALEVENTID.tolist() == ["WQ-r1", "WQ-r1"]
    events.seek(0)
    read = pd.read_csv(events, sep="\t", header=None, names=EVENTS, quoting=3, dtype={"EventCode": str})
    assert read.EventCode.tolist() == ["195", "195"] and read.AvgTone.isna().all()
