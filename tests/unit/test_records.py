"""The JSON and CSV forms, field by field."""

import csv
import io
import json

import orjson
import pytest

from fake_pipeline import PLACE, FakePipeline, report_of
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import load_files
from waqai.model.article import Article
from waqai.model.mention import DateRange, Mention, Person, Quantity, Weapon
from waqai.model.text import Span
from waqai.records import (
    MENTION_COLUMNS,
    REPORT_COLUMNS,
    csv_header,
    csv_line,
    in_reading_order,
    line,
    mention_json,
    mention_row,
    report_json,
    report_row,
)

ARTICLE = Article("n1", "=قصف الطيران الحربي مدينة تدمر", "حلب تحت القصف")
CODEBOOK = load_codebook(load_files())
WORDS = {"text": "=قصف الطيرا", "start": 0, "end": 12}


def test_a_report_has_the_published_fields_in_order() -> None:
    found = report_json(report_of(ARTICLE), CODEBOOK)
    assert list(found) == [
        "schema",
        "id",
        "doc_id",
        "article_key",
        "text_sha256",
        "event_type",
        "sub_event_type",
        "plover",
        "modality",
        "background",
        "actor1",
        "actor2",
        "target",
        "place",
        "date",
        "casualties",
        "killed",
        "injured",
        "claims",
        "attributed_to",
        "weapon",
        "evidence",
        "coder",
        "confidence",
    ]
    assert list(found["casualties"][0]) == ["outcome", "who", "side", "low", "high", "claim", "text", "start", "end"]


def test_the_place_of_a_report_has_the_published_fields_in_order() -> None:
    found = report_json(report_of(ARTICLE), CODEBOOK)
    assert list(found["place"]) == [
        "id",
        "name_ar",
        "name_en",
        "lat",
        "lon",
        "level",
        "precision",
        "relation",
        "country",
        "governorate",
        "pcode",
        "pcode_level",
        "text",
        "start",
        "end",
        "in",
    ]


def test_a_report_is_written_as_it_was_found() -> None:
    found = report_json(report_of(ARTICLE), CODEBOOK)
    assert found["place"]["in"] == "title"
    assert found["event_type"] == "Explosions/Remote violence"
    assert found["plover"] == {"type": "ASSAULT", "mode": "drone"}
    assert found["actor2"][0]["text"] is None and found["actor1"][0]["start"] == 0
    assert found["date"] == {
        "start": "2015-10-31",
        "end": "2015-10-31",
        "precision": 1,
        "basis": "stated",
        "time": "evening",
    }
    assert (found["killed"], found["injured"], found["confidence"]) == ([5, None], None, 0.88)
    assert len(found["attributed_to"]) == 1 and found["claims"][1]["stance"] == "denies"
    assert found["target"]["kind"] == "market"


def test_a_line_is_utf8_and_always_the_same() -> None:
    report = report_of(ARTICLE)
    written = line(report_json(report, CODEBOOK))
    assert written == line(report_json(report_of(ARTICLE), CODEBOOK))
    assert "قصف" in written.decode() and written.endswith(b"\n") and written.count(b"\n") == 1


def test_mentions_have_their_values() -> None:
    words = Span("title", 2, 7, "الأحد")
    day = mention_json("n1", Mention("date", 0, 0, 1, words, DateRange(None, None, 4, "relative"), "rule"))
    assert list(day) == ["doc_id", "kind", "text", "start", "end", "value", "in"]
    assert day["value"] == {"start": None, "end": None, "precision": 4, "basis": "relative"}
    number = mention_json("n1", Mention("number", 0, 0, 1, words, Quantity(2.5, None, "كم"), "rule"))
    assert number["value"] == {"low": 2.5, "high": None, "unit": "كم"}
    whole = mention_json("n1", Mention("number", 0, 0, 1, words, Quantity(14.0, 14.0), "rule"))
    assert json.dumps(whole["value"]) == '{"low": 14, "high": 14, "unit": null}'


def test_mentions_come_in_reading_order() -> None:
    pipeline = FakePipeline()
    found = in_reading_order(pipeline.mentions(pipeline.clean(ARTICLE)))
    assert [mention.kind for mention in found] == ["number", "place"]
    assert mention_json("n1", found[1])["value"]["id"] == PLACE.id


def test_csv_has_every_column_and_no_formula() -> None:
    row = report_row(orjson.loads(line(report_json(report_of(ARTICLE), CODEBOOK))))
    assert set(row) == set(REPORT_COLUMNS)
    written = csv_header(REPORT_COLUMNS) + csv_line(row, REPORT_COLUMNS)
    (read,) = csv.DictReader(io.StringIO(written.decode()))
    assert read["evidence"] == f"'{ARTICLE.text[:12]}"
    assert (read["actor1_camp"], read["killed_low"], read["background"]) == ("isis", "5", "false")
    assert (read["denied_by"], read["blamed"]) == ("Reuters", "Islamic State")


@pytest.mark.parametrize("text", ["=1+1", "\r=1+1", " \n@x", "a\rb,c", 'a"\r\n=b', "\t=1"])
def test_no_text_breaks_a_row_of_csv_or_begins_a_formula(text: str) -> None:
    written = csv_line({"a": text, "b": "x"}, ("a", "b"))
    ((cell, other),) = csv.reader(io.StringIO(written.decode(), newline=""))
    assert other == "x" and not cell.lstrip().startswith(("=", "+", "-", "@"))
    assert "\r" not in cell and cell.removeprefix("'") == text.replace("\r\n", "\n").replace("\r", "\n")


def test_csv_of_mentions_of_every_kind() -> None:
    words = Span("text", 0, 4, "كلمة")
    for mention in (
        Mention("person", 0, 0, 1, words, Person("فلان", "قائد", None), "rule"),
        Mention("weapon", 0, 0, 1, words, Weapon("drone"), "rule"),
        Mention("place", 0, 0, 1, words, PLACE, "rule"),
    ):
        row = mention_row(mention_json("n1", mention))
        assert set(row) <= set(MENTION_COLUMNS) and row["doc_id"] == "n1"
