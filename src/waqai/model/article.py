"""An article as it was read, and as it stands after cleaning."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Literal

from waqai.model.text import CleanText, Sentence

PublishedFrom = Literal["record", "html", "text"]


@dataclass(frozen=True, slots=True)
class Published:
    """The day an article appeared, and where that is known from: its record, its page's metadata, or its own words."""

    day: dt.date
    basis: PublishedFrom


@dataclass(frozen=True, slots=True)
class Article:
    """One article as given. `id` is a label; the article's identity is `key`. `synthetic` says that it was made up."""

    id: str
    text: str
    title: str = ""
    published: Published | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    synthetic: bool = False

    @property
    def key(self) -> str:
        """SHA-256 (hex) over title and text: the same words are the same article, whatever the label."""
        return hashlib.sha256(f"{self.title}\n{self.text}".encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def text_sha256(self) -> str:
        """SHA-256 (hex) of the text that offsets point into."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned article: title and body with their way back, and the sentences of its prose."""

    article: Article
    title: CleanText
    body: CleanText
    sentences: tuple[Sentence, ...]
