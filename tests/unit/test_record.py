"""The Python API on a record of the sample: questions, tables, exports, errors."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pytest

import waqai
from sample_record import NAME, sample_record
from waqai.model.control import Interval
from waqai.model.incident import Incident
from waqai.model.report import Report
from waqai.record.asking import words_of
from waqai.record.record import Record

TEXT = "قصف الطيران الحربي بلدة مهين أمس السبت وقتل ثلاثة مدنيين."


@pytest.fixture(scope="module")
def record() -> Iterator[Record]:
    with waqai.open_record(sample_record()) as opened:
        yield opened


def test_import_costs_little() -> None:
    heavy = ("sqlalchemy", "pandas", "pyarrow", "orjson", "numpy")
    code = f"import sys, waqai; dir(waqai); print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names() -> None:
    assert sorted(waqai.__all__) == sorted(
        ["Record", "WaqaiError", "__version__", "build", "code", "find_mentions", "open_record", "read"]
    )
    assert all(getattr(waqai, name).__doc__ for name in waqai.__all__ if name != "__version__")
    assert set(dir(waqai)) == set(waqai.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        waqai.nothing  # noqa: B018


def test_code_gives_reports_and_tables() -> None:
    found = waqai.code(TEXT, published=dt.date(2015, 11, 1), title="مهين", outlet="جسر الميدان")
    assert len(found) == 1 and isinstance(found[0], Report) and list(found) == [found[0]]
    assert found.to_pandas().loc[0, "outlet"] == "جسر الميدان"
    (json,) = found.json()
    assert (json["sub_event_type"], json["date"]["start"]) == ("Air/drone strike", "2015-10-31")
    assert len(waqai.code("افتتح الوزير معرض الكتاب.")) == 0


def test_mentions_and_days_that_are_none() -> None:
    found = waqai.find_mentions(TEXT, published="2015-11-01")
    assert {mention.kind for mention in found} >= {"place", "date", "number"}
    assert found.to_polars()["kind"].len() == len(found)
    with pytest.raises(waqai.WaqaiError, match="'gestern' is not a day"):
        waqai.code(TEXT, published="gestern")
    with pytest.raises(waqai.WaqaiError, match="no coder named"):
        waqai.code(TEXT, coder="nobody")


def test_read_drops_nothing_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n{broken\n", encoding="utf-8")
    with pytest.raises(waqai.WaqaiError, match="skipped"):
        list(waqai.read(path))
    skipped: list[Any] = []
    assert [article.id for article in waqai.read([path], skipped=skipped.append)] == ["a"] and len(skipped) == 1
    with pytest.raises(waqai.WaqaiError, match=r"none\.txt"):
        list(waqai.read(str(tmp_path / "none.txt")))


def test_build_grows_by_what_is_new(tmp_path: Path) -> None:
    path, db = tmp_path / "a.jsonl", tmp_path / "a.db"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "published": "2015-11-01"}) + "\n", encoding="utf-8")
    assert waqai.build(path, db).new.articles == 1
    assert waqai.build(path, db).known == 1
    path.write_text(json.dumps({"id": "b", "text": f"{TEXT} وجرح آخرون."}) + "\n{broken\n", encoding="utf-8")
    with pytest.raises(waqai.WaqaiError, match="skipped"):
        waqai.build(path, db, published="2015-11-02")
    with waqai.open_record(db) as opened:
        assert [str(report.date.date.start) for report in opened.reports() if report.date] == [
            "2015-10-31",
            "2015-10-31",
        ]


def test_answers_are_typed_and_of_one_length(record: Record) -> None:
    incidents, reports = record.incidents(), record.reports()
    assert all(isinstance(one, Incident) for one in incidents) and all(isinstance(one, Report) for one in reports)
    frame, lines = incidents.to_pandas(), list(incidents.json())
    assert len(frame) == len(list(incidents)) == len(lines) > 50
    assert frame.id.tolist() == [line["id"] for line in lines]
    assert len(reports.to_polars()) == len(list(reports)) >= len(lines)
    assert [one.id for one in incidents.first(3)] == frame.id.tolist()[:3]
    assert len(record.incidents(limit=4).to_pandas()) == 4


def test_tables_are_typed(record: Record) -> None:
    frame = record.incidents().to_pandas()
    assert str(frame.killed_low.dtype) == "Int64" and str(frame.disputed.dtype) == "boolean"
    assert frame.date_start.dtype.kind == "M" and str(frame.lat.dtype) == "float64"
    assert record.incidents().to_polars().schema["date_start"] == pl.Date
    assert frame.synthetic.sum() >= len(frame) - 2


def test_conditions_limit_every_question(record: Record) -> None:
    days = {"from_": "2015", "to": dt.date(2015, 12, 31)}
    frame = record.reports(type="Air/drone strike", **days).to_pandas()  # type: ignore[arg-type]
    assert len(frame) and set(frame.sub_event_type) == {"Air/drone strike"}
    assert frame.date_end.min() >= pd.Timestamp("2015-01-01")
    both = record.reports(type=["Air/drone strike", "Armed clash"]).to_pandas()
    assert set(both.sub_event_type) == {"Air/drone strike", "Armed clash"}
    assert not record.reports(background=False).to_pandas().background.any()
    first = next(iter(record.incidents()))
    told = record.reports(incident=first.id).to_pandas()
    assert set(told.id) == {ref.id for ref in first.reports} and set(told.incident) == {first.id}
    known = record.incidents(as_of="2015-12-31").to_pandas()
    assert 0 < len(known) < len(record.incidents().to_pandas())


def test_conditions_in_words() -> None:
    assert words_of({"to": dt.datetime(2016, 1, 2, 3), "min_killed": 3, "actor": ()}) == {
        "to": ["2016-01-02"],
        "min_killed": ["3"],
    }


def test_control_places_search_and_stats(record: Record) -> None:
    intervals = record.control()
    assert all(isinstance(one, Interval) for one in intervals.first(5))
    frame = intervals.to_pandas()
    assert list(frame.columns)[:2] == ["place_id", "place"] and frame["from"].dtype.kind == "M"
    on_a_day = record.control(at="2024-12-01").to_pandas()
    assert len(on_a_day) <= len(frame) and on_a_day.place_id.is_unique
    between = record.control(between=("2024-11-27", dt.date(2024, 12, 8)), status="held").to_pandas()
    assert set(between.status) <= {"held"}
    places = record.places().to_pandas()
    assert places.reports.is_monotonic_decreasing and "Aleppo" in set(places.name_en)
    assert {one.camp for one in record.actors()} >= {"regime", "isis"}
    assert len(record.sources().to_polars()) > 5
    hits = record.search("حلب", limit=3)
    assert 0 < len(hits.to_pandas()) <= 3
    (hit,) = hits.first()
    start, end = (hit.text_marks or hit.title_marks)[0]
    assert "حلب" in (hit.article.article.text if hit.text_marks else hit.article.article.title)[start:end]
    table = record.stats(["year", "camp"]).to_pandas()
    assert list(table.columns)[:3] == ["year", "camp", "events"] and table.events.sum() > 50
    assert len(record.stats("type", of="reports").to_polars())


def test_articles_and_their_facts(record: Record) -> None:
    found = record.article("sample-001")
    assert record.article(found.key).number == found.number
    assert record.facts([found.key])[found.key].title == found.article.title
    with pytest.raises(waqai.WaqaiError, match="no article 'nowhere'"):
        record.article("nowhere")


def test_errors_are_those_of_the_command(record: Record, tmp_path: Path) -> None:
    with pytest.raises(waqai.WaqaiError, match="there is no record"):
        waqai.open_record(tmp_path / "none.db")
    (tmp_path / "no.db").write_text("no record")
    with pytest.raises(waqai.WaqaiError):
        waqai.open_record(tmp_path / "no.db")
    with pytest.raises(waqai.WaqaiError, match="there is no condition 'colour'"):
        record.incidents(colour="red").first()
    with pytest.raises(waqai.WaqaiError, match="no event type"):
        record.reports(type="Bombing").to_pandas()
    with pytest.raises(waqai.WaqaiError, match="no word to search"):
        record.search("!").first()
    with pytest.raises(waqai.WaqaiError, match="not of reports"):
        record.export(to="acled", of="reports", path=str(tmp_path / "a.csv"))
    with pytest.raises(waqai.WaqaiError, match="no such folder"):
        record.export(to="acled", path=str(tmp_path / "x" / "a.csv"))
    with pytest.raises(waqai.WaqaiError, match="cannot be rounded"):
        record.export(to="acled", path=str(tmp_path / "a.csv"), round_coordinates=-1)
    assert [path.name for path in tmp_path.iterdir()] == ["no.db"]


@pytest.mark.parametrize("to", ["acled", "ucdp", "plover", "gdelt", "geojson", "parquet", "csv"])
def test_exports_write_what_fits(record: Record, tmp_path: Path, to: Any) -> None:
    path = str(tmp_path / "out.dat")
    done = record.export(to=to, path=path)
    meta = json.loads(Path(done.files["sidecar"]).read_text(encoding="utf-8"))
    assert meta["rows"] == done.rows > 0 and meta["synthetic"]["rows"] > 0
    asked = record.incidents() if done.level == "incidents" else record.reports()
    assert done.rows + sum(done.left_out.values()) == len(list(asked))
    assert {"background", "planned"} <= set(done.left_out)
    assert meta["versions"]["coders"][0].startswith("grammar ")
    again = record.export(to=to, path=str(tmp_path / "again.dat"))
    rows = "events" if to == "gdelt" else "rows"
    assert Path(done.files[rows]).read_bytes() == Path(again.files[rows]).read_bytes()


def test_what_is_left_out_can_be_asked_for(record: Record, tmp_path: Path) -> None:
    done = record.export(to="csv", path=str(tmp_path / "a.csv"), include=["planned", "denied", "background"])
    assert not done.left_out
    frame = pd.read_csv(tmp_path / "a.csv")
    assert set(frame.modality) >= {"happened", "planned"} and frame.background.any()


def test_filters_of_an_export_stand_in_its_sidecar(record: Record, tmp_path: Path) -> None:
    done = record.export(to="acled", path=str(tmp_path / "a.csv"), from_="2016", to_=None, country="SY")
    assert json.loads(Path(done.files["sidecar"]).read_text())["query"] == {"from": "2016", "country": "SY"}
    frame = pd.read_csv(tmp_path / "a.csv")
    assert frame.event_date.min() >= "2016" and set(frame.iso) == {760}


@pytest.mark.parametrize("to", ["acled", "plover", "gdelt", "geojson", "parquet", "csv"])
def test_no_export_names_a_private_person(record: Record, tmp_path: Path, to: Any) -> None:
    def written(redact: bool) -> str:
        done = record.export(to=to, path=str(tmp_path / f"{redact}.dat"), of=None, redact_persons=redact, place="مهين")
        if to == "parquet":
            return pd.read_parquet(done.files["rows"]).to_csv()
        return "".join(Path(path).read_text(encoding="utf-8") for path in done.files.values())

    named = written(False)
    assert to in ("acled", "gdelt", "geojson", "parquet", "csv") or NAME in named
    plain = written(True)
    assert not [word for word in (*NAME.split(), "Samer", "Hamwi") if word in plain]


def test_rounded_points_stay_near(record: Record, tmp_path: Path) -> None:
    paths = [str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]
    record.export(to="csv", path=paths[0])
    record.export(to="csv", path=paths[1], round_coordinates=10)
    exact, rounded = (pd.read_csv(path) for path in paths)
    moved = (exact.lat - rounded.lat).abs().dropna()
    assert 0 < moved.max() <= 0.05 and rounded.place_precision.min() == 2


def test_an_export_compared_with_its_record_is_the_record(record: Record, tmp_path: Path) -> None:
    path = str(tmp_path / "acled.csv")
    record.export(to="acled", path=path)
    found = record.compare(path)
    assert found.summary.number("missing") == 0 and found.summary.number("matched") > 50
    frame = found.to_pandas()
    assert len(frame) == len(found) and (frame[frame.standing == "matched"].km < 20).all()
    with pytest.raises(waqai.WaqaiError):
        record.compare(str(tmp_path / "none.csv"))


def test_an_export_to_gdelt_is_known_as_one(record: Record, tmp_path: Path) -> None:
    path = str(tmp_path / "events.tsv")
    record.export(to="gdelt", path=path)
    assert record.compare(path).summary.dataset == "gdelt"
