"""The codebook: closed lists, allies, and what is refused."""

import pytest

from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files

FILES = load_files()
BOOK = load_codebook(FILES)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("regime", "russia", True),
        ("opposition", "turkey", True),
        ("regime", "opposition", False),
        ("isis", "regime", False),
        ("houthis", "yemen-government", False),
        ("iraq-army", "pmf", True),
        ("saf", "rsf", False),
    ],
)
def test_allies(one: str, other: str, together: bool) -> None:
    assert (other in BOOK.allies[one]) is together
    assert one in BOOK.allies[one]


def test_an_ally_that_is_no_camp_is_refused() -> None:
    changed = dict(FILES.get("codebook.yaml")) | {"allies": [["regime", "hezbollah", "martians"]]}
    with pytest.raises(KnowledgeError, match="'martians' in 'allies' is no camp"):
        load_codebook(KnowledgeFiles({**FILES.content, "codebook.yaml": changed}, "", FILES.root))
