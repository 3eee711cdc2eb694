"""The gazetteer: what a name may mean, curated files, and the errors of wrong ones."""

import time
from dataclasses import replace
from typing import Any

import pytest

from waqai.arabic.letters import fold
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.gazetteer import Gazetteer, distance, load_gazetteer
from waqai.knowledge.place_words import key_of, load_place_words

SYRIA = (
    "Aleppo", "Damascus", "Daraa", "Deir-ez-Zor", "Hama", "Hasakeh", "Homs", "Idlib", "Latakia", "Quneitra", "Raqqa",
    "Rural Damascus", "Sweida", "Tartous",
)  # fmt: skip


@pytest.fixture(scope="module")
def files() -> KnowledgeFiles:
    return load_files()


@pytest.fixture(scope="module")
def gazetteer(files: KnowledgeFiles) -> Gazetteer:
    return load_gazetteer(files)


def with_file(files: KnowledgeFiles, name: str, content: Any) -> KnowledgeFiles:
    return replace(files, content={**files.content, name: content})


def test_a_name_of_many_places_gives_all_of_them(gazetteer: Gazetteer) -> None:
    found = [c.entry for c in gazetteer.candidates(key_of("المشرفة"))]
    assert len([e for e in found if e.country == "SY"]) >= 5


def test_governorates_are_spelled_as_in_the_guide(gazetteer: Gazetteer) -> None:
    units = {
        gazetteer.entry(n).governorate for n in range(len(gazetteer)) if gazetteer.entry(n).id.startswith("ocha:SY")
    }
    assert units == set(SYRIA)


def test_a_curated_place_takes_the_id_and_codes_of_its_double(gazetteer: Gazetteer) -> None:
    mahin = [c.entry for c in gazetteer.candidates(key_of("مهين")) if c.entry.level == "settlement"]
    assert len(mahin) == 1
    assert mahin[0].id.startswith("wof:")
    assert mahin[0].pcode == "SY040107"


def test_other_spellings_lead_to_the_same_place(gazetteer: Gazetteer) -> None:
    ids = {gazetteer.candidates(key_of(name))[0].entry.id for name in ("عين العرب", "كوباني", "عين العرب كوباني")}
    assert len(ids) == 1


def test_world_powers_are_known(gazetteer: Gazetteer) -> None:
    for name, code in (
        ("تركيا", "TR"),
        ("روسيا", "RU"),
        ("إسرائيل", "IL"),
        ("الولايات المتحدة", "US"),
        ("إيران", "IR"),
    ):
        assert gazetteer.candidates(key_of(name))[0].entry.country == code


def test_libya_and_sudan_are_curated(files: KnowledgeFiles) -> None:
    assert len(files.get("gazetteer/places_libya.yaml")["LY"]) >= 150
    assert len(files.get("gazetteer/places_sudan.yaml")["SD"]) >= 150


def test_every_curated_point_lies_in_the_region_of_its_country(gazetteer: Gazetteer) -> None:
    boxes = {
        "SY": (32.2, 37.4, 35.5, 42.5),
        "LY": (19.4, 33.4, 9.2, 25.3),
        "SD": (8.6, 23.3, 21.8, 38.7),
        "IQ": (29.0, 37.5, 38.7, 48.8),
        "YE": (12.0, 19.1, 42.3, 54.7),
        "LB": (33.0, 34.8, 35.0, 36.7),
        "PS": (31.1, 32.6, 34.1, 35.7),
        "EG": (21.9, 31.8, 24.6, 36.1),
    }
    for entry in gazetteer.curated():
        if entry.country in boxes:
            south, north, west, east = boxes[entry.country]
            assert south <= entry.lat <= north, entry
            assert west <= entry.lon <= east, entry


def test_names_with_the_article_can_begin_with_a_clitic(gazetteer: Gazetteer) -> None:
    assert ("ب", fold("الرستن")) in [(s.prefix, s.rest) for s in gazetteer.starts(fold("بالرستن"))]
    assert gazetteer.starts("xyz") == ()


def test_distance() -> None:
    assert distance(34.73, 36.71, 33.51, 36.29) == pytest.approx(141, abs=2)


def test_loading_is_fast(files: KnowledgeFiles) -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        load_gazetteer(files)
        times.append(time.process_time() - start)
    assert min(times) < 0.4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"XX": {"a": ["ا", "A", 1, 2, "site", 3]}}, "unknown country"),
        ({"LY": {"ly-new": ["سرت", "Sirte", 31.2, 16.5, "village", 3]}}, "unknown level"),
        ({"LY": {"ly-new": ["سرت", "Sirte", 31.2]}}, "needs name"),
        ({"LY": {"ly-new": ["سرت", "Sirte", 131.2, 16.5, "site", 3]}}, "not on the globe"),
        ({"SD": {"ly-sirte": ["سرت", "Sirte", 31.2, 16.5, "site", 3]}}, "a second time"),
    ],
)
def test_wrong_curated_places_are_refused(files: KnowledgeFiles, content: Any, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        load_gazetteer(with_file(files, "gazetteer/places_sudan.yaml", content))


def test_unknown_head_kinds_are_refused(files: KnowledgeFiles) -> None:
    words = {**files.get("gazetteer/words.yaml"), "heads": [{"kind": "planet", "one": ["كوكب"], "many": ["كواكب"]}]}
    with pytest.raises(KnowledgeError, match="unknown kind"):
        load_place_words(with_file(files, "gazetteer/words.yaml", words))


def test_unknown_keys_are_refused(files: KnowledgeFiles) -> None:
    words = {**files.get("gazetteer/words.yaml"), "colours": ["أحمر"]}
    with pytest.raises(KnowledgeError, match="unknown key"):
        load_place_words(with_file(files, "gazetteer/words.yaml", words))


def test_a_word_longer_than_any_name_is_not_looked_up_misspelt(gazetteer: Gazetteer) -> None:
    assert gazetteer.respellings("تدمر" * 25_000) == ()
    assert gazetteer.respellings("تدمرر") != ()
