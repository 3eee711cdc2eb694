"""Setting a record beside another dataset: the files as they come, and pairs that are one to one, near and the same again."""

import datetime as dt
import gzip
import random
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert

from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.comparison import load_comparison
from waqai.knowledge.files import load_files
from waqai.queries.comparing import Comparison, Tolerance, compare
from waqai.queries.comparison_files import open_dataset
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.store.schema import METADATA, incidents

KNOWN = load_comparison(load_files(), load_codebook(load_files()))
DEFAULT = Tolerance()
UCDP = "id,date_start,date_end,type_of_violence,where_coordinates,where_prec,latitude,longitude,low,best,high"
ACLED = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,location,latitude,longitude,geo_precision,fatalities"


def incident(id: str, day: str, lat: float, lon: float, **more: object) -> dict[str, object]:
    """A row of `incidents`."""
    return {
        "id": id, "event_type": "Battles", "sub_event_type": "Armed clash", "modality": "happened", "disputed": False,
        "background": False, "place": None, "lat": lat, "lon": lon, "level": "settlement", "place_precision": 1,
        "country": "SY", "governorate": None, "pcode": None, "start": day, "end": day, "date_precision": 1,
        "killed_low": None, "killed_best": None, "killed_high": None, "injured_low": None, "injured_best": None,
        "injured_high": None, "grade": None, "voices": 1, "size": 1, "known": day, "json": "{}",
    } | more  # fmt: skip


@contextmanager
def recorded(rows: list[dict[str, object]]) -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    with engine.connect() as connection:
        if rows:
            connection.execute(insert(incidents), rows)
        yield connection
    engine.dispose()


def compared(path: Path, rows: list[dict[str, object]], tolerance: Tolerance = DEFAULT, **more: object) -> Comparison:
    with recorded(rows) as connection, open_dataset(str(path)) as opened:
        return compare(connection, Filter(**more), opened, KNOWN, tolerance)  # type: ignore[arg-type]


def pairs(found: Comparison) -> set[tuple[str | None, str | None]]:
    return {(row.ours.id if row.ours else None, row.theirs.id if row.theirs else None) for row in found.rows}


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_near_in_place_time_and_type_is_one(tmp_path: Path) -> None:
    path = written(
        tmp_path / "ged.csv", UCDP,
        "1,2016-05-03,2016-05-03,1,Aleppo city,1,36.2,37.16,2,3,4",
        "2,2016-05-03,2016-05-03,3,Aleppo city,1,36.2,37.16,2,3,4",
        "3,2016-05-09,2016-05-09,1,Aleppo city,1,36.2,37.16,2,3,4",
        "4,2016-05-03,2016-05-03,1,Palmyra,1,34.55,38.27,2,3,4",
        "5,2016-05-01,2016-05-31,1,Syria,6,35,38,2,3,4",
    )  # fmt: skip
    rows = [
        incident("near", "2016-05-04", 36.25, 37.2),
        incident("planned", "2016-05-09", 36.2, 37.16, modality="planned"),
        incident("other", "2016-05-03", 35.3, 37.9),
        incident("vague", "2016-05-03", 36.2, 37.16, place_precision=4),
        incident("undated", "2016-05-03", 36.2, 37.16, start=None, end=None),
    ]
    found = compared(path, rows)
    assert pairs(found) == {("near", "1"), (None, "2"), (None, "4"), ("other", None)}
    assert (found.vague_theirs, found.vague_ours, found.outside_theirs) == (1, 2, 1)
    row = next(row for row in found.rows if row.standing == "matched")
    assert row.days == 1 and row.km is not None and 0 < row.km < 20


def test_a_pair_is_one_to_one_and_the_nearest_first(tmp_path: Path) -> None:
    path = written(
        tmp_path / "ged.csv", UCDP,
        "a,2016-05-03,2016-05-03,1,x,1,36.20,37.16,1,1,1",
        "b,2016-05-03,2016-05-03,1,x,1,36.22,37.16,1,1,1",
    )  # fmt: skip
    assert pairs(compared(path, [incident("one", "2016-05-03", 36.21, 37.16, killed_low=1, killed_best=1, killed_high=1)])) == {
        ("one", "a"), (None, "b"),
    }  # fmt: skip
    two = [incident("one", "2016-05-03", 36.215, 37.16), incident("two", "2016-05-03", 36.24, 37.16)]
    assert pairs(compared(path, two)) == {("one", "b"), ("two", "a")} or pairs(compared(path, two)) == {
        ("one", "a"),
        ("two", "b"),
    }


def test_types_can_be_left_aside_and_tolerances_set(tmp_path: Path) -> None:
    path = written(tmp_path / "ged.csv", UCDP, "1,2016-05-03,2016-05-03,3,x,1,36.2,37.16,1,1,1")
    rows = [incident("clash", "2016-05-06", 36.2, 37.16)]
    assert compared(path, rows).number("matched") == 0
    assert compared(path, rows, Tolerance(20, 3)).number("matched") == 0
    assert compared(path, rows, Tolerance(20, 3, types=False)).number("matched") == 1


def test_acled_as_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "acled.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8") as packed:
        packed.write(
            f"{ACLED}\nSYR1,2016-05-03,1,Battles,Armed clash,Aleppo,36.2,37.16,1,3\n"
            "SYR2,04 May 2016,1,Battles,Government regains territory,Idlib,35.93,36.63,1,0\n"
            "SYR3,2016-05-04,1,Protests,Peaceful protest,Idlib,north,36.63,1,0\n"
        )
    found = compared(path, [incident("one", "2016-05-03", 36.2, 37.16), incident("two", "2016-05-04", 35.93, 36.63)])
    assert pairs(found) == {("one", "SYR1"), ("two", "SYR2")}
    assert found.unread == 1 and "row 4" in found.first_unread and found.dataset == "acled"


def test_gdelt_as_it_comes(tmp_path: Path) -> None:
    cells = [""] * 61
    cells[0], cells[1], cells[26], cells[27], cells[28], cells[29] = "900", "20160503", "190", "190", "19", "4"
    cells[51], cells[52], cells[56], cells[57], cells[59], cells[60] = (
        "4",
        "Aleppo",
        "36.2",
        "37.16",
        "20160503000000",
        "u",
    )
    path = tmp_path / "20160503.export.CSV.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("20160503.export.CSV", "\t".join(cells) + "\n" + "broken\tline\n")
    found = compared(path, [incident("one", "2016-05-03", 36.21, 37.16)])
    assert pairs(found) == {("one", "900")} and found.unread == 1


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x00\xff\xfe", "نص عادي\n".encode()])
def test_a_file_that_is_none_is_said_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.csv"
    path.write_bytes(content)
    with pytest.raises(QueryError) as caught:
        compared(path, [])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["broken.csv.gz", "broken.zip"])
def test_a_broken_pack_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x1f\x8b nothing of the kind")
    with pytest.raises(QueryError) as caught:
        compared(tmp_path / name, [])
    assert name in str(caught.value) and "\n" not in str(caught.value)
    with pytest.raises(QueryError):
        compared(tmp_path / "missing.csv", [])


POINT = st.tuples(st.integers(0, 6), st.floats(36, 36.6), st.floats(37, 37.6))


@settings(max_examples=30, deadline=None)
@given(st.lists(POINT, max_size=25), st.lists(POINT, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, ours: list[tuple[int, float, float]], theirs: list[tuple[int, float, float]],
    shuffle: random.Random,
) -> None:  # fmt: skip
    first = dt.date(2016, 5, 1)
    rows = [incident(f"i{n}", str(first + dt.timedelta(day)), lat, lon) for n, (day, lat, lon) in enumerate(ours)]
    lines = [
        f"{n},{first + dt.timedelta(day)},{first + dt.timedelta(day)},1,x,1,{lat},{lon},1,1,1"
        for n, (day, lat, lon) in enumerate(theirs)
    ]
    folder = tmp_path_factory.mktemp("compared")
    found = compared(written(folder / "a.csv", UCDP, *lines), rows)
    shuffle.shuffle(lines)
    shuffle.shuffle(rows)
    again = compared(written(folder / "b.csv", UCDP, *lines), rows)
    assert found.rows == again.rows
    matched = [row for row in found.rows if row.standing == "matched"]
    for side in ("ours", "theirs"):
        ids = [getattr(row, side).id for row in matched]
        assert len(ids) == len(set(ids))
    assert all(row.km is not None and row.km <= 20 and row.days is not None and row.days <= 2 for row in matched)
    assert len(matched) + found.number("missing") + found.outside_theirs == len(theirs)
    assert len(matched) + found.number("extra") + found.outside_ours == len(ours)
