"""The corpus of furniture.yaml: every line of a page is prose or furniture as marked."""

from itertools import pairwise

import pytest
import yaml

from waqai.cleaning.clean import clean
from waqai.knowledge.files import DATA, load_files
from waqai.knowledge.furniture import load_furniture
from waqai.knowledge.mending import load_mending
from waqai.model.article import Article, Document

PAGES = yaml.safe_load((DATA / "corpus_furniture.yaml").read_text(encoding="utf-8"))["pages"]
FILES = load_files()
FURNITURE, LEXICON = load_furniture(FILES), load_mending(FILES)


def document(text: str, title: str = "") -> Document:
    return clean(Article("a", text, title), FURNITURE, LEXICON)


def furniture(found: Document) -> list[str]:
    text = found.body.clean
    parts = [text[b.start : b.end].split("\n") for b in found.body.blocks if b.kind == "furniture"]
    return [line.strip() for lines in parts for line in lines if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=[str(n) for n in range(len(PAGES))])
def test_page(page: dict[str, object]) -> None:
    lines = [str(line) for line in page["lines"]]  # type: ignore[attr-defined]
    body = "\n".join(line.removeprefix("= ") for line in lines)
    found = document(body, str(page.get("title", "")))
    wanted = [document(line[2:]).body.clean.strip() for line in lines if line.startswith("= ")]
    assert furniture(found) == wanted


def test_furniture_gives_no_sentence_and_blocks_cover_all() -> None:
    found = document("قتل جنديان في حلب أمس.\nشارك\nتابعنا على فيسبوك")
    assert [s.words[0] for s in found.sentences] == ["قتل"]
    blocks = found.body.blocks
    assert blocks[0].start == 0 and blocks[-1].end == len(found.body.clean)
    assert all(a.end == b.start for a, b in pairwise(blocks))


def test_link_inside_a_line_is_cut() -> None:
    found = document("قصف الطيران البلدة. رابط الخبر بصحيفة المساء: قصف البلدة")
    assert [" ".join(s.words) for s in found.sentences] == ["قصف الطيران البلده ."]


def test_more_at_the_end_is_cut() -> None:
    found = document("وصلت سفينة ثانية إلى الميناء أمس ...المزيد")
    assert found.sentences[-1].words[-1] == "امس"


def test_prose_of_dev_is_kept(shared: object) -> None:
    """No line of twelve words that ends with a full stop is lost, but for the glued teasers of one article."""
    import json
    from pathlib import Path

    rows = [json.loads(line) for line in (Path(str(shared)) / "eval" / "dev.jsonl").open(encoding="utf-8")]
    lost = 0
    for row in rows:
        for block in (found := document(row["text"], row.get("title") or "")).body.blocks:
            words = found.body.clean[block.start : block.end].split()
            lost += (
                block.kind == "furniture" and block.rule not in ("related", "glued", "correction") and len(words) > 40
            )
    assert len(rows) > 50
    assert lost == 0
