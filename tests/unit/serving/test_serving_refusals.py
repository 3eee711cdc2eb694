"""Wrong questions get one sentence that says which and why, with a status below 500."""

import pytest

from unit.serving.asking import API, client, refused

WRONG = (
    ("/incidents", {"colour": "red"}, "colour"),
    ("/incidents", {"limit": "0"}, "limit"),
    ("/incidents", {"limit": "501"}, "limit"),
    ("/incidents", {"limit": "many"}, "limit"),
    ("/incidents", {"format": "xlsx"}, "format"),
    ("/incidents", {"after": "no cursor"}, "cursor"),
    ("/incidents", {"as_of": "2015-11-02", "after": "no cursor"}, "after"),
    ("/incidents", {"type": "Piracy"}, "Piracy"),
    ("/incidents", {"place": "Atlantis"}, "Atlantis"),
    ("/incidents", {"place": ""}, "place"),
    ("/incidents", {"from": "yesterday"}, "yesterday"),
    ("/incidents", {"from": "2016", "to": "2015"}, "2016"),
    ("/incidents", {"bbox": "1,2,3"}, "1,2,3"),
    ("/incidents", {"min_killed": "-1"}, "min_killed"),
    ("/incidents", {"grade": "excellent"}, "excellent"),
    ("/incidents", {"words": "..."}, "word"),
    ("/reports", {"incident": "nope!"}, "nope!"),
    ("/articles", {"after": "WyJ4Iiwi"}, "cursor"),
    ("/search", {}, "words"),
    ("/search", {"words": "!!"}, "word"),
    ("/search", {"words": "حلب", "after": "1:2"}, "after"),
    ("/facets", {"names": "shoe size"}, "shoe size"),
    ("/stats", {"by": "phase of the moon"}, "phase of the moon"),
    ("/histogram", {"step": "century"}, "step"),
    ("/control", {"at": "some day"}, "some day"),
    ("/control", {"status": "rented"}, "rented"),
    ("/control", {"type": "Attack"}, "types"),
    ("/control", {"at": "2015-01-01", "from": "2015", "to": "2016"}, "at"),
    ("/control", {"by": "district"}, "at"),
    ("/boundaries/oceans", {}, "layer"),
)
UNKNOWN = (
    "/incidents/ffffffffffffffffffff",
    "/incidents/%00",
    "/reports/ffffffffffffffffffff",
    "/reports/ffffffffffffffffffff/why",
    "/articles/no-such-article",
    "/control/no-such-place",
    "/tiles/99/0/0.mvt",
    "/tiles/3/8/0.mvt",
    "/nothing",
)


@pytest.mark.parametrize(("path", "asked", "named"), WRONG, ids=str)
def test_a_wrong_question_is_named(path: str, asked: dict[str, str], named: str) -> None:
    sentence = refused(path, 422, **asked)
    assert named in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("path", UNKNOWN)
def test_what_is_not_there_is_not_found(path: str) -> None:
    response = client().get(f"{API}{path}")
    assert response.status_code == 404
    assert list(response.json()) == ["error"]


def test_a_question_that_is_too_long_is_refused() -> None:
    response = client().get(f"{API}/incidents?words={'a' * 20_000}")
    assert (response.status_code, list(response.json())) == (413, ["error"])


def test_a_body_that_is_too_large_is_refused_also_when_its_length_is_not_told() -> None:
    told = client().post(f"{API}/decisions", content=b"x" * 1_000_001)
    untold = client().post(f"{API}/decisions", content=(b"x" * 100_000 for _ in range(11)))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert list(untold.json()) == ["error"]


@pytest.mark.parametrize(
    "value", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "'; DROP TABLE incidents; --", "%", "ا" * 999]
)
def test_hostile_values_are_no_values(value: str | bytes) -> None:
    response = client().get(f"{API}/incidents", params={"place": value})
    assert response.status_code == 422
    assert client().get(f"{API}/incidents").status_code == 200
