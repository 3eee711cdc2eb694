"""The grammar, rule by rule: tables of made-up sentences and the news they tell."""

from pathlib import Path

import pytest

from coded import check, table

NAMES = sorted(path.stem for path in Path(__file__).parent.glob("tables/*.yaml"))
ROWS = [(text, wanted) for name in NAMES for text, wanted in table(name)]


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_table(text: str, wanted: str) -> None:
    check(text, wanted)
