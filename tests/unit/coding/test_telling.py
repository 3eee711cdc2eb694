"""How far the words of an event reach."""

import pytest

from coded import scene
from waqai.coding.telling import reach_of


@pytest.mark.parametrize(
    ("line", "inside", "outside"),
    [
        ("قصفت قوات النظام مدينة دوما التي تسيطر عليها الفصائل", "دوما", None),
        ("قصفت قوات النظام مدينة دوما، ما أدى إلى مقتل ثلاثة مدنيين", "دوما", "مقتل"),
        ("قصفت قوات النظام مدينة دوما، وسيطرت الفصائل على بلدة مسرابا", "دوما", "مسرابا"),
    ],
)
def test_words_reach_to_the_next_deed(line: str, inside: str, outside: str | None) -> None:
    found = scene(line)
    start, end = reach_of(found, found.events[0])
    assert inside in found.words[start:end]
    assert outside is None or outside in found.words[end:]
