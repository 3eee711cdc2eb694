"""Actor and person knowledge: what the files hold, and which mistakes in them are refused and where."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from waqai.knowledge.actors import load_actors
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import DATA, load_files
from waqai.knowledge.persons import load_persons

ENTRY = "  - {id: %s, name_ar: %s, name_en: Test, camp: %s, kind: %s, country: SY%s}\n"


def copied(tmp_path: Path, line: str) -> Path:
    """The knowledge files with one more actor file, read after all others."""
    root = tmp_path / "data"
    shutil.copytree(DATA, root, ignore=shutil.ignore_patterns("*.json", "places*", "gazetteer*"))
    (root / "actors/zz.yaml").write_text(f"actors:\n{line or '  []'}", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (ENTRY % ("test", "قسد", "sdf", "rebel group", ""), "already belongs to 'sdf'"),
        (ENTRY % ("test", "فصيل جديد", "martians", "rebel group", ""), "'martians'"),
        (ENTRY % ("test", "فصيل جديد", "sdf", "band", ""), "'band'"),
        (ENTRY % ("sdf", "فصيل جديد", "sdf", "rebel group", ""), "a second time"),
        (ENTRY % ("test", "فصيل جديد", "sdf", "rebel group", ", colour: red"), "unknown key 'colour'"),
        (ENTRY % ("test", "فصيل جديد", "sdf", "rebel group", ", active: {from: soon}"), "'soon'"),
        (ENTRY % ("test", "فصيل جديد", "sdf", "rebel group", ", parent: [{id: nobody}]"), "'nobody'"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        load_actors(load_files(copied(tmp_path, line)))
    assert str(error.value).startswith("actors/zz.yaml:2:")


def test_there_are_enough_actors() -> None:
    entries = load_actors(load_files()).entries.values()
    assert len(entries) >= 320
    assert sum(entry.country == "SY" for entry in entries) >= 170


def test_active_parents_allies_and_camps() -> None:
    actors = load_actors(load_files())
    assert actors.active("jabhat-fateh-al-sham") == (dt.date(2016, 7, 28), dt.date(2017, 1, 28))
    assert actors.parents("ypg")[0].id == "sdf"
    assert actors.allies("syrian-national-army")[0].id == "turkish-army"
    assert actors.camps()["isis"] == "isis"
    with pytest.raises(KeyError):
        actors.active("nobody")


def test_renamed_actors_follow_without_a_gap() -> None:
    actors = load_actors(load_files())
    for entry in actors.entries.values():
        if entry.renamed_to:
            start = actors.entries[entry.renamed_to].start
            assert entry.end is not None
            assert start is None or start <= entry.end + dt.timedelta(days=1), entry.actor.id


def test_there_are_enough_given_names() -> None:
    assert len(load_persons(load_files()).given) >= 300


def test_an_unknown_list_of_persons_is_refused(tmp_path: Path) -> None:
    root = copied(tmp_path, "")
    with (root / "persons.yaml").open("a", encoding="utf-8") as file:
        file.write("colours: [أحمر]\n")
    with pytest.raises(KnowledgeError, match=r"persons\.yaml:\d+: unknown list 'colours'"):
        load_persons(load_files(root))
