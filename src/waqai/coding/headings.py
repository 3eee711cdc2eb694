"""Headings: lines that only name a day or a place, for the sentences below them ("14 آب – حي البريد", "ريف حماة:")."""

from collections.abc import Sequence

from waqai.coding.scene import Scene
from waqai.model.article import Published
from waqai.model.mention import DateRange, Mention, Place

LONGEST = 12  # tokens of a line that heads others
DIARY = 2  # days that head lines, from which on they tell when
DAY = 2  # precision of a date up to which it is a day
Heading = tuple[Mention[Place] | None, Mention[DateRange] | None]


def heads(scene: Scene) -> Heading | None:
    """The place and the day that a line heads the next ones with; None where it says anything besides."""
    words = scene.words
    if scene.sentence.paragraph < 0 or len(words) > LONGEST or scene.events or scene.actors:
        return None
    days = [m for m in scene.dates if m.value.precision <= DAY]
    named = {i for m in (*scene.places, *days) for i in range(m.first, m.last)}
    said = [word for i, word in enumerate(words) if i not in named and any(c.isalnum() for c in word)]
    if said or not named:
        return None
    return (scene.places[-1] if scene.places else None), (days[0] if days else None)


def headings(scenes: Sequence[Scene], anchor: Published | None) -> list[Heading]:
    """What each line heads the next ones with, (None, None) where it heads nothing.

    Days count from two on that lie before the article's own: one alone may date a picture, or the page.
    """
    found = [heads(scene) or (None, None) for scene in scenes]
    ends = {day.value.end for _, day in found if day is not None and day.value.end is not None}
    past = [end for end in ends if anchor is None or end < anchor.day]
    return found if len(past) >= DIARY else [(place, None) for place, _ in found]
