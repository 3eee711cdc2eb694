"""The cleaning stage: an article in, a document out."""

from waqai.arabic.letters import fold
from waqai.cleaning.characters import clean_characters
from waqai.cleaning.furniture import blocks
from waqai.cleaning.lines import rejoined
from waqai.cleaning.mending import broken
from waqai.cleaning.offsets import apply_edits, compose
from waqai.cleaning.sentences import sentences
from waqai.knowledge.furniture import FurnitureKnowledge
from waqai.knowledge.mending import MendingLexicon
from waqai.model.article import Article, Document
from waqai.model.text import Block, CleanText, Part


def clean(article: Article, furniture: FurnitureKnowledge, lexicon: MendingLexicon) -> Document:
    """The document of an article: title and body cleaned, page furniture marked, prose cut into sentences, title first.

    Never raises on any text; what is furniture stays in `body.clean` and is named in `body.blocks`.
    """
    title = _part("title", article.title, lexicon)
    title = _with_blocks(title, (Block(0, len(title.clean), "prose"),) if title.clean else ())
    body = _part("text", article.text, lexicon)
    body = _with_blocks(body, blocks(body.folded, title.folded, furniture))
    head = sentences(title, 0, -1)
    return Document(article, title, body, (*head, *sentences(body, len(head))))


def _part(part: Part, original: str, lexicon: MendingLexicon) -> CleanText:
    text, offsets = clean_characters(original)
    text = rejoined(text)
    folded = fold(text)
    edits = broken(text, folded, lexicon)
    if edits:
        text, back = apply_edits(text, edits)
        folded, offsets = fold(text), compose(back, offsets)
    return CleanText(part, original, text, folded, offsets)


def _with_blocks(text: CleanText, found: tuple[Block, ...]) -> CleanText:
    return CleanText(text.part, text.original, text.clean, text.folded, text.offsets, found)
