"""Places that head a line."""

from collections.abc import Sequence

import pytest

from waqai.mentions.places_labels import Name, labels

KNOWN = {"حمص", "الخالديه", "درعا", "الحراك", "قصف"}
NO_PLACE = {"الحراك", "قصف"}


def name_at(words: Sequence[str], i: int, article: bool) -> Name | None:
    return (i + 1, "", words[i], True) if words[i] in KNOWN else None


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("حمص : الخالديه : سقطت قذايف", ["حمص", "الخالديه"]),
        ("درعا - الحراك : دخل الجيش", ["درعا", "الحراك"]),
        ("حمص : سقطت قذايف", []),  # one label is read as any name
        ("الحراك : درعا : دخل", []),  # the first must be a place by itself
        ("حمص - الخالديه دخل", []),
        ("دخل الجيش حمص :", []),
    ],
)
def test_labels(line: str, keys: list[str]) -> None:
    found = labels(0, line.split(), (), name_at, NO_PLACE.__contains__)
    assert [hit.key for hit in found] == keys
    assert [hit.within for hit in found] == [n > 0 for n in range(len(found))]


def test_a_token_of_another_name_ends_them() -> None:
    assert labels(0, ["حمص", ":", "الخالديه", ":", "سقطت"], {2}, name_at, NO_PLACE.__contains__) == []
