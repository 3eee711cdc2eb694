"""Files appear whole or not at all; sidecars say what was done."""

import json
from collections import Counter
from pathlib import Path

import pytest

from exported import happening, known, telling
from waqai.exports.facts import ExportError, Form, Kept, left_out
from waqai.exports.files import check_place, whole_files
from waqai.exports.forms import files_of, level_of
from waqai.exports.sidecar import Asked, Counts, Made, sidecar


def test_files_stand_in_their_places_at_the_end(tmp_path: Path) -> None:
    paths = [str(tmp_path / "a.csv"), str(tmp_path / "a.csv.meta.json")]
    with whole_files(paths) as (one, other):
        one.write(b"1")
        other.write(b"2")
        assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "a.csv").read_bytes() == b"1" and len(list(tmp_path.iterdir())) == 2


def test_what_stood_there_stays_when_writing_fails(tmp_path: Path) -> None:
    place = tmp_path / "a.csv"
    place.write_bytes(b"old")
    with pytest.raises(RuntimeError), whole_files([str(place)]) as (stream,):
        stream.write(b"new")
        raise RuntimeError
    assert place.read_bytes() == b"old" and list(tmp_path.iterdir()) == [place]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="it is a folder"):
        check_place(str(tmp_path))
    with pytest.raises(ExportError, match="no such folder"):
        check_place(str(tmp_path / "x" / "a.csv"))
    with pytest.raises(OSError, match=r"a\.csv") as raised, whole_files([str(tmp_path / "x" / "a.csv")]):
        pass
    assert raised.value.filename.endswith("a.csv")


def test_a_full_disk_is_told_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(OSError) as raised, whole_files([str(tmp_path / "a.csv")]):
        raise OSError(28, "No space left on device")
    assert raised.value.filename == str(tmp_path / "a.csv") and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("modality", "background", "include", "why"),
    [
        ("happened", False, (), None),
        ("attempted", False, (), None),
        ("planned", False, (), "planned"),
        ("denied", False, (), "denied"),
        ("happened", True, (), "background"),
        ("planned", True, ("planned",), "background"),
        ("planned", True, ("planned", "background"), None),
    ],
)
def test_what_event_tables_leave_out(
    modality: str, background: bool, include: tuple[Kept, ...], why: str | None
) -> None:
    fields = {"modality": modality, "background": background}
    assert left_out(happening(**fields), frozenset(include)) == why
    assert left_out(telling(**fields), frozenset(include)) == why


def test_levels_and_files_of_forms() -> None:
    assert level_of("geojson", None) == "incidents" and level_of("parquet", "reports") == "reports"
    with pytest.raises(ExportError, match="made of incidents, not of reports"):
        level_of("acled", "reports")
    assert files_of("csv", "x/a.csv") == {"rows": "x/a.csv", "sidecar": "x/a.csv.meta.json"}


@pytest.mark.parametrize("form", ["acled", "ucdp", "plover", "gdelt", "geojson"])
def test_a_sidecar_says_what_was_done(form: Form) -> None:
    asked = Asked(form, level_of(form, None), {"from": "2015-01-01"}, frozenset({"planned"}), True, 10.0)
    counts = Counts(7, {"background": 2, "no date": 1}, 3)
    held = json.loads(
        sidecar(asked, counts, Counter({"event_date": 7}), {"rows": "a.csv"}, Made("0.1.0", ("grammar 1",)), known())
    )
    assert (held["rows"], held["query"], held["include"]) == (7, {"from": "2015-01-01"}, ["planned"])
    assert held["left_out"]["no date"] == {"count": 1, "why": "the form cannot hold it"}
    assert "--include" in held["left_out"]["background"]["why"]
    assert held["versions"] == {"waqai": "0.1.0", "coders": ["grammar 1"], "knowledge": known().hash, "schema": 1}
    assert held["attributions"] and held["synthetic"]["rows"] == 3
    assert (held["private_persons"], held["coordinates_rounded_to_km"]) == ("left out", 10.0)
    if form in ("acled", "ucdp", "gdelt"):
        assert held["empty_columns"] and all(held["empty_columns"].values())
        assert not set(held["empty_columns"]) & set(held["columns"])
