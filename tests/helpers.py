"""Builders for tests: sentences and documents made by hand, without the cleaning stage."""

import datetime as dt
import re

from waqai.arabic.letters import fold
from waqai.arabic.tokens import tokenize
from waqai.model.article import Article, Document, Published
from waqai.model.text import Block, CleanText, OffsetMap, Part, Sentence


def clean_text(text: str, part: Part = "text") -> CleanText:
    """A text that needs no cleaning."""
    return CleanText(part, text, text, fold(text), OffsetMap(), (Block(0, len(text), "prose"),))


def _sentences(text: CleanText, number: int, paragraph: int) -> list[Sentence]:
    found = []
    for line in re.finditer(r"[^\n]+", text.folded):
        for part in re.finditer(r"(?:[^.!?]|\.(?=\d))+(?:[.!?]+|$)", line.group()):
            start, end = line.start() + part.start(), line.start() + part.end()
            words, starts, ends = tokenize(text.folded, start, end)
            if words:
                found.append(Sentence(text, number + len(found), paragraph, start, end, words, starts, ends))
        paragraph += 1
    return found


def sentence(text: str) -> Sentence:
    """One sentence."""
    words, starts, ends = tokenize(fold(text))
    return Sentence(clean_text(text), 0, 0, 0, len(text), words, starts, ends)


def document(text: str, title: str = "", published: str | None = None) -> Document:
    """A document of a title and a body, split at full stops and line ends."""
    day = Published(dt.date.fromisoformat(published), "record") if published else None
    head, body = clean_text(title, "title"), clean_text(text)
    first = _sentences(head, 0, -1) if title else []
    article = Article("doc", text, title, day)
    return Document(article, head, body, tuple(first + _sentences(body, len(first), 0)))
