"""The code maps of the exports: examples, and what is refused."""

from typing import Any

import pytest

from exported import MAHIN, codebook, happening, known, moved
from waqai.exports.acled import acled_row
from waqai.exports.parties import nation_of, sector_of
from waqai.knowledge.actors import load_actors
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.exports import load_exports
from waqai.knowledge.files import DATA, KnowledgeFiles, load_files, parse_yaml
from waqai.knowledge.redaction import load_redaction

PATH = DATA / "exports" / "corpus_exports.yaml"
CORPUS: Any = parse_yaml(PATH.name, PATH.read_bytes())


@pytest.fixture(scope="module")
def actors() -> Any:
    return load_actors(load_files()).entries


@pytest.mark.parametrize("row", CORPUS["actors"], ids=lambda row: f"{row['id']} in {row['place']}")
def test_actors_of_the_corpus(row: Any, actors: Any) -> None:
    actor = actors[row["id"]].actor
    made = happening(actor1=(actor,), place=moved(MAHIN, country=row["place"]), sub_event_type="Armed clash", tolls=())
    found = acled_row(made, codebook(), known())
    assert isinstance(found, dict) and found["inter1"] == row["inter"]
    assert (sector_of(actor, known()), nation_of(actor, known())) == (row["sector"], row["nation"])


@pytest.mark.parametrize("row", CORPUS["types"], ids=lambda row: f"{row['type']} {row['modality']} {row['weapon']}")
def test_types_of_the_corpus(row: Any) -> None:
    found = acled_row(happening(sub_event_type=row["type"], modality=row["modality"]), codebook(), known())
    named = (found["event_type"], found["sub_event_type"]) if isinstance(found, dict) else (None, None)
    assert named == (row["event"], row["sub_event"])
    assert known().cameo(row["type"], row["weapon"]) == row["cameo"]
    assert known().types[row["type"]].quad == row["quad"]


def test_every_state_camp_has_a_country_that_is_known() -> None:
    assert set(known().states.values()) <= set(known().countries)
    assert len({codes.iso for codes in known().countries.values()}) == len(known().countries)
    assert {country for country, _ in known().governorates} <= set(known().countries)


def changed(name: str, change: Any) -> KnowledgeFiles:
    files = load_files()
    parsed = parse_yaml(name, (DATA / name).read_bytes())
    change(parsed)
    return KnowledgeFiles({**files.content, name: parsed}, files.hash, files.root)


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("exports/types.yaml", lambda held: held["types"].pop(), "'Other' is missing"),
        (
            "exports/types.yaml",
            lambda held: held["types"][0].update(attempted="Skirmish"),
            "'Skirmish' is not in the list",
        ),
        ("exports/types.yaml", lambda held: held["types"][0].update(cameo="999"), "no value of the Goldstein scale"),
        ("exports/types.yaml", lambda held: held["types"][0].update(colour="red"), "unknown key 'colour'"),
        ("exports/actors.yaml", lambda held: held["kinds"].pop(), "'external forces' is missing"),
        ("exports/actors.yaml", lambda held: held["states"].update(nowhere="SY"), "'nowhere' is not in the list"),
        ("exports/actors.yaml", lambda held: held["sectors"].update(GOV=["nobody"]), "there is no actor 'nobody'"),
        ("exports/columns.yaml", lambda held: held.update(acled={"id": "x"}), "must be a list"),
        ("exports/countries.yaml", lambda held: held["countries"]["SY"].pop("iso"), "lacks 'iso'"),
    ],
)
def test_what_cannot_be_right_is_refused(name: str, change: Any, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        load_exports(changed(name, change))


def test_a_kind_of_source_that_is_none_is_refused() -> None:
    files = changed("exports/redaction.yaml", lambda held: held["kinds"].update(ghost="a ghost"))
    with pytest.raises(KnowledgeError, match="'ghost' is not in the list"):
        load_redaction(files)
