"""An annotated article: what a coder is given."""

from dataclasses import dataclass

from waqai.model.article import Document, Published
from waqai.model.mention import Mentions


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with its mentions and its anchor, the day it speaks from (None when nothing settles it)."""

    document: Document
    mentions: Mentions
    anchor: Published | None
