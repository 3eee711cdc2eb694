"""Names that are spelt otherwise: which letters are tried."""

import pytest

from waqai.knowledge.gazetteer_records import spellings
from waqai.mentions.places_spelling import MATES, _alike, _letters


@pytest.mark.parametrize("name", ["شيحون", "الضهره", "تدمرر", "كفرزيتا", "اااا", "ههه", "قلعه"])
def test_no_spelling_that_is_alike_is_left_untried(name: str) -> None:
    tried = set(spellings(name, _letters(name), MATES))
    assert len(tried) < len(set(spellings(name))) / 2
    assert [key for key in set(spellings(name)) - tried if _alike(name, key, careful=False)] == []
