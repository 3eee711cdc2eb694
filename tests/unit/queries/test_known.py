"""What is known by name beside the record: parties and places found by parts of their names, the likeliest first."""

import pytest

from waqai.queries.known import Known


@pytest.fixture(scope="module")
def known() -> Known:
    return Known()


def test_a_place_is_found_by_its_arabic_and_its_latin_name(known: Known) -> None:
    for name in ("كفر ناسج", "كَفر ناسج", "Kafr Nasij", "kafr nasij"):
        (place,) = known.places_holding(name, 5)
        assert (place.name_en, place.level, place.governorate, place.pcode_level) == (
            "Kafr Nasij",
            "settlement",
            "Daraa",
            3,
        )
        assert known.place(place.id) == place


def test_what_is_called_so_comes_first_and_the_likeliest_of_it(known: Known) -> None:
    found = known.places_holding("حلب", 20)
    assert [place.level for place in found[:2]] == ["settlement", "governorate"]
    assert len({place.id for place in found}) == len(found) == 20
    assert known.places_holding("aleppo", 1) == found[:1]
    parties = [actor.id for actor in known.actors_holding("داعش", 9)]
    assert parties[0] == "isis" and "isis-khorasan" in parties
    assert known.actors_holding("isis", 1)[0] == known.actor("isis")


def test_nothing_is_found_by_nothing(known: Known) -> None:
    for name in ("", " ", "!!", "\x00", "زززززز", "'; DROP TABLE places"):
        assert known.places_holding(name, 5) == known.actors_holding(name, 5) == []
    assert known.place("nowhere") is None and known.actor("nobody") is None
    assert "isis" in known.actor_ids
