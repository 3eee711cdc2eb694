"""Reports come back from their JSON; accounts from their packed form."""

import dataclasses
import datetime as dt

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_pipeline import report_of
from stored import article, report
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.mention import Place
from waqai.model.report import Target
from waqai.model.text import Span
from waqai.records import report_json
from waqai.records_reading import ArticleFacts, Packing, account_of, content_words, report_from

CODEBOOK = load_codebook(load_files())
GIVEN = article("قصف الطيران الحربي سوقا في مدينة حلب")
FACTS = ArticleFacts(GIVEN.key, "a1", "0" * 64, "جريدة", None, dt.date(2016, 5, 4))


def test_the_json_of_a_report_read_back_is_the_same() -> None:
    made = report_json(report_of(GIVEN), CODEBOOK)
    assert report_json(report_from(orjson.loads(orjson.dumps(made))), CODEBOOK) == made


def test_a_report_read_back() -> None:
    made = report(GIVEN, target=Target("market", Span("text", 20, 24, "سوقا")))
    read = report_from(orjson.loads(orjson.dumps(report_json(made, CODEBOOK))))
    assert read == dataclasses.replace(made, target=Target("market", Span("text", 0, 0, "سوقا")), date=read.date)
    assert read.date is not None and made.date is not None and read.date.date == made.date.date


@pytest.mark.parametrize("wrong", [{}, {"id": "x"}, {"coder": {}, "target": None}])
def test_what_is_no_report(wrong: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        report_from(wrong)


@pytest.mark.parametrize(
    "made", [report_of(GIVEN), report(GIVEN), report(GIVEN, 0, None, date=None, killed=None, claims=())]
)
def test_an_account_unpacked_is_the_one_packed(made: object) -> None:
    packing = Packing()
    account = account_of(made, FACTS)  # type: ignore[arg-type]
    unpacked = packing.unpack(account.report_id, packing.pack(account), FACTS)
    assert unpacked == account


def test_what_is_met_again_is_the_same_object() -> None:
    packing = Packing()
    packed = packing.pack(account_of(report(GIVEN), FACTS))
    one, two = packing.unpack("r1", packed, FACTS), packing.unpack("r2", packed, FACTS)
    assert one.actor1[0] is two.actor1[0] and one.place is two.place


@given(st.floats(-90, 90), st.floats(0, 1), st.text(max_size=8), st.booleans())
def test_places_keep_every_digit(lat: float, sure: float, name: str, generic: bool) -> None:
    place = Place("p", name.encode("utf-8", "replace").decode(), "x", lat, -lat, "site", 2, None, None, None, sure=sure)
    account = account_of(report(GIVEN, 0, place), FACTS)
    assert Packing().unpack(account.report_id, Packing().pack(account), FACTS) == account


def test_content_words() -> None:
    assert content_words("وَقَصَفَت الطيرانُ الحربيّ حلبَ في ٢٠١٥") == {"قصفت", "طيران", "حربي", "حلب"}
    assert content_words("12 في من، !") == frozenset()
