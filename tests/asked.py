"""A small record of known content, to ask questions of: two reports of one strike, and others that differ in one thing each."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from stored import ALEPPO, NOW, OBSERVER, SIDE, article, report
from waqai.deriving.incidents import derive_incidents
from waqai.model.article import Article
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Casualties, Claim, NamedActor, NamedDate, NamedSource, Report
from waqai.model.text import Span
from waqai.store.opening import Store, open_store
from waqai.store.writing import Writer

ARMY = Actor("syrian-army", "Syrian Arab Army", "الجيش السوري", "regime", "state forces")
AGENCY = Source("", "وكالة الساحل", "agency")
IDLIB = Place("g2", "إدلب", "Idlib", 35.93, 36.63, "settlement", 1, None, "SY", "Idlib", "SY0700", 2)
IDLIB_WHOLE = Place("g3", "إدلب", "Idlib", None, None, "governorate", 4, None, "SY", "Idlib", "SY07", 1)
WHITE_HILL = Place("g4", "تل أبيض", "Tell Abiad", 36.7, 38.95, "settlement", 1, None, "SY", "Raqqa", "SY1102", 2)
OTHER_HILL = Place("g5", "تل أبيض", "Tell Abiad", 35.1, 36.7, "settlement", 1, None, "SY", "Hama", "SY0501", 2)
ODD = Place(
    "g6", """ضيعة "100%_' ;--""", "Odd'; DROP TABLE reports;--", 33.0, 36.0, "settlement", 1, None, "SY", "Daraa"
)


def told(of: Article, ordinal: int = 0, **more: Any) -> Report:
    """A report of an article; `by`, `whom`, `place`, `day` (ISO, or None), `killed`, `said` (a source) and others of `report`."""
    words = Span("text", 0, 4, of.text[:4])
    roles = {role: more.pop(name, None) for role, name in (("actor1", "by"), ("actor2", "whom"))}
    for role, actor in roles.items():
        more[role] = (NamedActor(actor, words),) if actor else ()
    day, said = more.pop("day", "2016-05-03"), more.pop("said", OBSERVER)
    more["date"] = NamedDate(_range(day), words) if day else None
    more["claims"] = (Claim((NamedSource(said, words),), more.pop("stance", "asserts"), more.pop("blames", ())),)
    killed = more.setdefault("killed", None)
    if killed:
        more["casualties"] = (Casualties("killed", "civilians", None, *killed, 0, words),)
    return report(of, ordinal, more.pop("place", ALEPPO), **more)


def _range(day: str) -> DateRange:
    start, _, end = day.partition("/")
    first, last = dt.date.fromisoformat(start), dt.date.fromisoformat(end or start)
    return DateRange(first, last, 1 if first == last else 2, "stated")


def articles() -> Iterator[tuple[Article, list[Report]]]:
    """The articles of the record with their reports, in the order of their days."""
    one = article("قصفت الطائرات الحربية أحياء المدينة صباحاً", "strike-1", "2016-05-04", outlet="نهار الشمال")
    yield one, [told(one, by=ARMY, killed=(3, 3))]
    two = article("غارات الطائرات على أحياء المدينة ليلاً كما روى سكان", "strike-2", "2016-05-05", outlet="البحر")
    yield two, [told(two, by=ARMY, killed=(5, None), said=AGENCY)]
    three = article("سقطت قذائف على وسط إدلب وفق شهود", "shells", "2016-06-10", outlet="البحر")
    yield (
        three,
        [
            told(
                three,
                place=IDLIB,
                day="2016-06-09/2016-06-10",
                by=ARMY,
                sub_event_type="Shelling/artillery/missile attack",
            )
        ],
    )
    four = article("يستعد التنظيم لمهاجمة تل أبيض", "plan", "2016-07-01")
    yield (
        four,
        [told(four, place=WHITE_HILL, day="2016-07-02", by=SIDE, modality="planned", sub_event_type="Armed clash")],
    )
    five = article("نفى الجيش وقوع اشتباك في تل أبيض الغربية", "denial", "2016-07-20", outlet="نهار الشمال")
    yield (
        five,
        [
            told(
                five,
                place=OTHER_HILL,
                day="2016-07-19",
                by=SIDE,
                whom=ARMY,
                modality="denied",
                stance="denies",
                sub_event_type="Armed clash",
            )
        ],
    )
    six = article("قبل عام شهدت إدلب مظاهرة حاشدة", "recalled", "2016-08-01", outlet="البحر")
    yield six, [told(six, place=IDLIB_WHOLE, day="2015-08-01", background=True, sub_event_type="Peaceful protest")]
    seven = article("اشتباكات في ضيعة بعيدة لا يعرف يومها", "undated", None)
    blamed = (NamedActor(SIDE, None),)
    yield seven, [told(seven, place=ODD, day=None, killed=(120, 150), blames=blamed, sub_event_type="Armed clash")]


@contextmanager
def asked(address: str) -> Iterator[Store]:
    """The record, with its incidents."""
    store = open_store(address, create=True)
    try:
        with Writer(store, now=lambda: NOW) as writer:
            for one, reports in articles():
                writer.add(one, reports, [], "made 1")
        derive_incidents(store)
        yield store
    finally:
        store.close()
