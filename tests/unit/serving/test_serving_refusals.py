"""Wrong questions get one sentence that says which and why, with a status below 500."""

import re
from typing import Any

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
    ("/incidents", {"pcode": "ZZ99"}, "ZZ99"),
    ("/incidents", {"pcode": "SY%"}, "SY%"),
    ("/incidents", {"polygon": "[[[36,35],[37,35],[37,36]]]"}, "[[[36,35],[37,35],[37,36]]]"),
    ("/incidents", {"polygon": "170,10;-170,10;-175,20"}, "180"),
    ("/incidents", {"role": "actor1"}, "role"),
    ("/places", {"order": "height"}, "order"),
    ("/articles", {"order": "length"}, "order"),
    ("/control", {"order": "reports", "format": "json"}, "order"),
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
    ("/record", {"colour": "red"}, "colour"),
    ("/incidents/ffffffffffffffffffff", {"colour": "red"}, "colour"),
    ("/reports/ffffffffffffffffffff", {"colour": "red"}, "colour"),
    ("/boundaries/countries", {"colour": "red"}, "colour"),
    ("/fields", {"colour": "red"}, "colour"),
    ("/incidents", {"limit": ["1", "2"]}, "limit is given 2 times"),
    ("/incidents", {"country": ["SY", "SY", "IQ"]}, "country is given 3 times"),
    ("/search", {"words": ["حلب", "حمص"]}, "words is given 2 times"),
    ("/stats", {"by": ["month", "type"]}, "by is given 2 times"),
    ("/control", {"at": ["2015-01-01", "2015-01-02"]}, "at is given 2 times"),
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
def test_a_wrong_question_is_named(path: str, asked: dict[str, Any], named: str) -> None:
    sentence = refused(path, 422, **asked)
    assert named in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize(("path", "asked", "named"), WRONG, ids=str)
def test_a_wrong_question_is_told_in_arabic(path: str, asked: dict[str, Any], named: str) -> None:
    said = client().get(f"{API}{path}", params=asked).json()["error_ar"]
    rest = re.sub("\u2068[^\u2068\u2069]*\u2069", "", said)
    assert re.search("[\u0621-\u064a]{3}", rest) and not re.search("[A-Za-z]", rest), said
    assert "بالإنجليزية" not in said, "a sentence of its own"


def test_of_a_tile_that_is_not_there_the_number_that_is_wrong_is_told() -> None:
    assert refused("/tiles/2/9/9.mvt", 404) == "there is no tile 9/9 at zoom 2; x and y go from 0 to 3"
    assert refused("/tiles/0/0/-1.mvt", 404) == "there is no tile 0/-1 at zoom 0; x and y go from 0 to 0"
    assert refused("/tiles/15/0/0.mvt", 404) == "there is no such tile; z goes from 0 to 14"


def test_types_are_told_by_their_arabic_names_in_arabic() -> None:
    said = client().get(f"{API}/incidents", params={"type": "battle"}).json()
    assert "Battles" in said["error"]
    assert "معارك (\u2068Battles\u2069)" in said["error_ar"]


PLAIN = (
    ("/incidents", {"limit": "501"}, "limit is a whole number from 1 to 500, and not '501'"),
    ("/incidents", {"limit": "many"}, "limit is a whole number from 1 to 500, and not 'many'"),
    ("/histogram", {"step": "century"}, "step is one of day, week, month, year, and not 'century'"),
    ("/reports", {"order": "voices"}, "order is one of day, -day, killed, -killed, injured, -injured, type, -type, "
     "type_ar, -type_ar, place, -place, place_ar, -place_ar, known, -known, modality, -modality, actor1, -actor1, actor1_ar, "
     "-actor1_ar, actor2, -actor2, actor2_ar, -actor2_ar, and not 'voices'"),
    ("/incidents", {"placed": "maybe"}, "placed is one of yes, no, and not 'maybe'"),
    ("/incidents", {"order": "size"}, "voices, -voices, grade, -grade, and not 'size'"),
    ("/decisions", {"action": "shout"}, "action is one of accept, reject, unsure, edit, split, merge, grade, add, whole, undo"),
    ("/boundaries/oceans", {}, "layer is one of countries, governorates, districts, subdistricts, and not 'oceans'"),
    ("/places", {"name": ""}, "the length of name is at least 1"),
    ("/places", {"name": "x" * 201}, "the length of name is at most 200"),
    ("/incidents", {"type": ["x"] * 51}, "type has at most 50 values"),
    ("/incidents", {"min_killed": "-1"}, "the value of min_killed is a whole number from 0 of up to nine digits, not '-1'"),
    ("/incidents", {"polygon": "36,35;37,36;38,37"}, "the corners of the polygon lie on one line"),
    ("/incidents", {"polygon": "36,35;36,35;36,35"}, "the corners of the polygon lie on one line"),
    ("/incidents", {"polygon": "36.1,35.1;36.2,35.2;36.3,35.3"}, "the corners of the polygon lie on one line"),
    ("/search", {}, "words is missing"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "asked", "sentence"), PLAIN, ids=str)
def test_what_a_parameter_takes_is_said_plainly(path: str, asked: dict[str, Any], sentence: str) -> None:
    assert sentence in refused(path, 422, **asked)


@pytest.mark.parametrize("path", UNKNOWN)
def test_what_is_not_there_is_not_found(path: str) -> None:
    response = client().get(f"{API}{path}")
    assert response.status_code == 404
    assert list(response.json()) == ["error", "error_ar"]


def test_what_may_be_given_twice_still_may() -> None:
    both = client().get(f"{API}/incidents", params={"camp": ["regime", "opposition"], "limit": "500"})
    assert both.status_code == 200
    assert len(both.json()["rows"]) > len(client().get(f"{API}/incidents?camp=regime&limit=500").json()["rows"])


@pytest.mark.parametrize(
    "path",
    ["/record", "/incidents", "/incidents?format=csv", "/boundaries/countries", "/incidents?limit=0", "/nothing"],
)
def test_head_is_answered_as_get_without_a_body(path: str) -> None:
    with_body, without = client().get(f"{API}{path}"), client().head(f"{API}{path}")
    assert with_body.content and without.content == b""
    assert without.status_code == with_body.status_code
    assert dict(without.headers) == dict(with_body.headers)


BODIES = (
    (b"hello", "the body is no JSON"),
    (b'{"action"', "the body is no JSON"),
    (b"[1]", "the body has to be one object of JSON, sent as application/json"),
    (b'"accept"', "the body has to be one object of JSON, sent as application/json"),
    (b"", "the body is missing, sent as application/json"),
    (b'{"action": "accept", "colour": 1}', "there is no field 'colour' here"),
    (b'{"action": "edit", "span": [1]}', "span is an object, and not [1]"),
    (
        b'{"action": "accept", "others": {"a": 1}}',
        'others is a list, and not {"a": 1}',
    ),
)


@pytest.mark.parametrize(("body", "sentence"), BODIES, ids=str)
def test_an_odd_body_gets_one_plain_sentence(body: bytes, sentence: str) -> None:
    token = client().get(f"{API}/session").json()["csrf"]
    headers = {"x-csrf-token": token, "content-type": "application/json"}
    response = client().post(f"{API}/decisions", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]) == (422, sentence)
    if body == b"hello":
        other = client().post(f"{API}/decisions", content=body, headers=headers | {"content-type": "text/plain"})
        assert other.json()["error"] == "the body has to be one object of JSON, sent as application/json"


def test_a_question_that_is_too_long_is_refused() -> None:
    response = client().get(f"{API}/incidents?words={'a' * 20_000}")
    assert (response.status_code, list(response.json())) == (413, ["error", "error_ar"])


def test_a_body_that_is_too_large_is_refused_also_when_its_length_is_not_told() -> None:
    told = client().post(f"{API}/decisions", content=b"x" * 1_000_001)
    untold = client().post(f"{API}/decisions", content=(b"x" * 100_000 for _ in range(11)))
    assert (told.status_code, untold.status_code) == (413, 413)
    assert list(untold.json()) == ["error", "error_ar"]


@pytest.mark.parametrize(
    "value", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "'; DROP TABLE incidents; --", "%", "ا" * 999]
)
def test_hostile_values_are_no_values(value: str | bytes) -> None:
    response = client().get(f"{API}/incidents", params={"place": value})
    assert response.status_code == 422
    assert client().get(f"{API}/incidents").status_code == 200
