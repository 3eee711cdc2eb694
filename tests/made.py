"""Drafts made by hand."""

import datetime as dt
from typing import Any

from waqai.coding.draft import Draft, Toll
from waqai.knowledge.events import Trigger
from waqai.model.mention import Actor, DateRange, Place
from waqai.model.report import NamedActor, NamedDate, NamedPlace
from waqai.model.text import Span

SPAN = Span("text", 0, 3, "قصف")


def trigger(id: str = "shelling", frame: Any = "attack", type: str = "Shelling/artillery/missile attack") -> Trigger:
    """An entry of the lexicon."""
    return Trigger(id, type, frame, False, False, None, None, frozenset(), (), False, id == "assault", False)


def place(name: str, lat: float = 35.0, lon: float = 36.0, level: Any = "settlement", gov: str = "Hama") -> NamedPlace:
    """A place of Syria, its id its name."""
    return NamedPlace(Place(name, name, name, lat, lon, level, 1, None, "SY", gov), SPAN)


def actor(camp: str, kind: str = "rebel group") -> tuple[NamedActor, ...]:
    """One party."""
    return (NamedActor(Actor(camp, camp, camp, camp, kind), SPAN),)


def day(text: str) -> NamedDate:
    """A stated day."""
    date = dt.date.fromisoformat(text)
    return NamedDate(DateRange(date, date, 1, "stated"), SPAN)


def toll(outcome: str, low: int, high: int | None = -1, who: str = "unknown", **more: Any) -> Toll:
    """A toll, of one number when `high` is left out."""
    return Toll(outcome, who, more.pop("side", None), low, low if high == -1 else high, 0, 0, 1, SPAN, **more)


def draft(sentence: int = 1, **more: Any) -> Draft:
    """A shelling of دوما, told in the sentence of that number (0 is the title)."""
    given: dict[str, Any] = {
        "sentence": sentence, "paragraph": sentence - 1, "first": 0, "last": 1, "trigger": trigger(), "tense": "past",
        "modality": "happened", "background": False, "definite": False, "place": place("دوما"), "own_place": True,
        "evidence": (0, 2),
    }  # fmt: skip
    given |= more
    given.setdefault("frame", given["trigger"].frame)
    given.setdefault("type", given["trigger"].type)
    return Draft(**given)
