"""Evidence made by hand for the tests of control: short ways to say who did what where and when."""

import datetime as dt
from functools import cache

from waqai.knowledge.control import ControlKnowledge, load_control
from waqai.model.control import ControlEvidence, Effect, Interval
from waqai.model.mention import Actor, Place

REGIME = Actor("syrian-army", "Syrian Arab Army", "الجيش السوري", "regime", "state forces")
REBELS = Actor("syrian-opposition", "Syrian opposition fighters", "فصائل المعارضة", "opposition", "rebel group")
ISIS = Actor("isis", "Islamic State", "تنظيم الدولة الإسلامية", "isis", "rebel group")
SDF = Actor("sdf", "Syrian Democratic Forces", "قوات سوريا الديمقراطية", "sdf", "rebel group")
RUSSIA = Actor("russian-air-force", "Russian air force", "الطيران الروسي", "russia", "external forces")
SOMEBODY = Actor("armed-men", "armed men", "مسلحون", "unknown", "rebel group", True)
TOWN = Place("t:1", "مهين", "Mahin", 34.29, 37.07, "settlement", 1, None, "SY", "Homs", "SY040107", 3)
QUARTER = Place("t:2", "حي الزهراء", "Zahra", 34.30, 37.08, "neighbourhood", 1, None, "SY", "Homs", "SY040107", 3)
GOVERNORATE = Place("t:3", "حمص", "Homs", None, None, "governorate", 4, None, "SY", "Homs", "SY04", 1)


@cache
def known() -> ControlKnowledge:
    """The knowledge of the package."""
    return load_control()


def day(text: str) -> dt.date:
    """A day of 2015 as "10-31", or of any year."""
    return dt.date.fromisoformat(text if len(text) > 5 else f"2015-{text}")


def evidence(
    effect: Effect,
    actor: Actor | None,
    start: str,
    end: str = "",
    *,
    part: str | None = None,
    weight: float = 0.9,
    reference: str = "",
    voice: str = "",
    place: Place = TOWN,
) -> ControlEvidence:
    """Evidence with a reference and voice of its own unless they are given."""
    name = reference or f"{effect}-{actor.id if actor else 'none'}-{start}-{end}-{part}"
    first, last = day(start), day(end or start)
    return ControlEvidence(name, name, place, actor, effect, part, first, last, last, voice or name, weight)


def on(intervals: tuple[Interval, ...], text: str) -> Interval | None:
    """The interval of a day."""
    asked = day(text)
    return next((i for i in intervals if i.start <= asked and (i.end is None or asked < i.end)), None)


def told(intervals: tuple[Interval, ...], text: str) -> str:
    """Status and camps of a day: "held isis", "contested isis+regime", "nothing"."""
    found = on(intervals, text)
    if found is None:
        return "nothing"
    return f"{found.status} {'+'.join(sorted({h.actor.camp for h in found.holders}))}".strip()
