"""The timeline of an article: the day it speaks from, and its dates."""

from dataclasses import dataclass

from waqai.model.article import Published
from waqai.model.mention import DateRange, Mention


@dataclass(frozen=True, slots=True)
class Timeline:
    """The anchor (the day the article counts from, None when nothing settles it) and the dates in reading order.

    `years` lists the years that stay possible when the text leaves its own year open (empty otherwise).
    """

    anchor: Published | None
    mentions: tuple[Mention[DateRange], ...] = ()
    years: tuple[int, ...] = ()
