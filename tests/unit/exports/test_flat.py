"""Flat tables of incidents and reports: CSV, Parquet and GeoJSON, read back by others' readers."""

import datetime as dt
import io
import json
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from exported import ARMY, FSA, HOMS, MAHIN, SANA, SOHR, article, codebook, happening, moved, telling, version
from waqai.exports import sheets
from waqai.exports.facts import Item, Level
from waqai.exports.flat import INCIDENT_COLUMNS, REPORT_TABLE, flat_columns, flat_row
from waqai.exports.sheets import CsvSheet, GeoJsonSheet, ParquetSheet, arrow_schema
from waqai.model.incident import Toll, Voice

TWO = (Voice("s", SOHR, None, ("r1",)), Voice("n", SANA, "regime", ("r2",), ("denies",)))


def many() -> list[Item]:
    return [
        happening(),
        happening(place=None, date=None, killed=None, civilians_killed=None, grading=None, actor1=(ARMY, FSA)),
        happening(place=HOMS, disputed=True, denials=("r2",), voices=TWO),
    ]


def test_a_row_has_only_columns_of_its_table() -> None:
    for item in many():
        assert set(flat_row(item, codebook())) <= {column.name for column in INCIDENT_COLUMNS}
    assert set(flat_row(telling(), codebook())) == {column.name for column in REPORT_TABLE}


def test_an_incident_by_column() -> None:
    row = flat_row(happening(blamed=(version(ARMY),), articles=(article(synthetic=True),)), codebook())
    assert (row["killed_low"], row["killed_best"], row["killed_high"]) == (3, None, 5)
    assert (row["date_start"], row["blamed"], row["synthetic"]) == (dt.date(2015, 10, 31), "Syrian Arab Army", True)
    assert (row["grade"], row["grade_suggested"], row["voices"], row["reports"]) == ("weak", True, 1, 1)
    row = flat_row(many()[2], codebook())
    assert (row["disputed"], row["denied_by"], row["sides"]) == (True, "SANA", "regime")
    assert row["voice_names"] == "Syrian Observatory for Human Rights; SANA"
    assert (row["voices"], row["doubted_by"]) == (2, "")


@pytest.mark.parametrize("level", ["incidents", "reports"])
def test_csv_is_read_back(level: Level) -> None:
    held = io.BytesIO()
    sheet = CsvSheet(held, level, codebook())
    items = many() if level == "incidents" else [telling(article(title='=HYPERLINK("x")\nسطر')), telling()]
    for item in items:
        assert sheet.add(item) is None
    sheet.close()
    held.seek(0)
    read = pd.read_csv(held)
    assert len(read) == len(items) and list(read.columns) == arrow_schema(flat_columns(level)).names
    if level == "reports":
        assert read.title[0] == '\'=HYPERLINK("x")\nسطر' and read.evidence[0].startswith("قصف")


@pytest.mark.parametrize("level", ["incidents", "reports"])
def test_parquet_is_typed_and_in_row_groups(level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROW_GROUP", 2)
    held = io.BytesIO()
    sheet = ParquetSheet(held, level, codebook())
    for item in many() if level == "incidents" else [telling(article(title="\ud800")), telling(date=None), telling()]:
        sheet.add(item)
    sheet.close()
    file = parquet.ParquetFile(io.BytesIO(held.getvalue()))
    assert file.num_row_groups == 2
    table = file.read()
    assert table.num_rows == 3 and table.schema.equals(arrow_schema(flat_columns(level)))
    assert table.schema.field("date_start").type == pa.date32() and table.schema.field("killed_low").type == pa.int64()
    assert table["date_start"].to_pylist()[0] == dt.date(2015, 10, 31) and table["date_start"].null_count == 1


def test_an_empty_parquet_has_its_columns() -> None:
    held = io.BytesIO()
    ParquetSheet(held, "incidents", codebook()).close()
    table = parquet.read_table(io.BytesIO(held.getvalue()))
    assert table.num_rows == 0 and table.schema.names == [column.name for column in INCIDENT_COLUMNS]


def geojson(items: list[Item]) -> bytes:
    held = io.BytesIO()
    sheet = GeoJsonSheet(held, codebook())
    for item in items:
        sheet.add(item)
    sheet.close()
    return held.getvalue()


def test_geojson_has_points_only_where_they_are_honest() -> None:
    found = json.loads(geojson([*many(), happening(place=moved(MAHIN, lat=None, lon=None))]))
    assert [feature["geometry"] for feature in found["features"]] == [
        {"type": "Point", "coordinates": [37.0683, 34.2897]}, None, None, None,
    ]  # fmt: skip
    assert all("lat" not in feature["properties"] for feature in found["features"])


@pytest.mark.parametrize("items", [[], many(), [telling(), telling(place=None)]])
def test_geopandas_reads_it_back(items: Any) -> None:
    data = geojson(items)
    assert len(json.loads(data)["features"]) == len(items)
    if items:
        read = gpd.read_file(io.BytesIO(data))
        assert len(read) == len(items) and read.crs.to_epsg() == 4326
        assert read.geometry[0].x == pytest.approx(37.0683) and read.geometry[1] is None


def test_open_ends_stay_open() -> None:
    row = flat_row(happening(killed=Toll(6, None, None)), codebook())
    assert (row["killed_low"], row["killed_high"]) == (6, None)
