"""Incidents, reports and articles made by hand, for tests of exports and of the record."""

import datetime as dt
from dataclasses import replace
from functools import cache
from typing import Any

from waqai.exports.facts import ArticleFacts, Happening, Telling
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.exports import ExportKnowledge, load_exports
from waqai.knowledge.files import load_files
from waqai.model.incident import Grading, Incident, ReportRef, Toll, TollOf, Version, Voice
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import (
    Casualties,
    Claim,
    CoderInfo,
    NamedActor,
    NamedDate,
    NamedPlace,
    NamedSource,
    Report,
)
from waqai.model.text import Span

ISIS = Actor("isis", "Islamic State", "تنظيم الدولة", "isis", "rebel group")
ARMY = Actor("syrian-army", "Syrian Arab Army", "الجيش السوري", "regime", "state forces")
RUSSIA = Actor("russian-air-force", "Russian Aerospace Forces", "الطيران الروسي", "russia", "external forces")
FSA = Actor("fsa", "Free Syrian Army", "الجيش السوري الحر", "opposition", "rebel group")
CIVILIANS = Actor("civilians", "civilians", "مدنيون", "civilians", "civilians")
MEDICS = Actor("medics", "medics", "مسعفون", "civilians", "civilians")
PROTESTERS = Actor("protesters", "protesters", "متظاهرون", "civilians", "protesters")
MAHIN = Place("g1", "مهين", "Mahin", 34.2897, 37.0683, "settlement", 1, None, "SY", "Homs", "SY040103", 3)
HOMS = Place("g2", "محافظة حمص", "Homs", 34.7, 37.9, "governorate", 4, None, "SY", "Homs", "SY04", 1)
MOSUL = Place("g3", "الموصل", "Mosul", 36.34, 43.13, "settlement", 1, None, "IQ", "Iraq")
SOHR = Source("Syrian Observatory for Human Rights", "المرصد السوري لحقوق الإنسان", "monitor")
SANA = Source("SANA", "سانا", "agency")
STORED = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
KEY = "a" * 64


@cache
def codebook() -> Codebook:
    """The codebook."""
    return load_codebook(load_files())


@cache
def known() -> ExportKnowledge:
    """The code maps."""
    return load_exports(load_files())


def day(text: str, end: str | None = None, precision: int = 1, basis: Any = "stated") -> DateRange:
    """A day, or a span of days."""
    return DateRange(dt.date.fromisoformat(text), dt.date.fromisoformat(end or text), precision, basis)


def span(text: str, start: int = 0, part: Any = "text") -> Span:
    """Words that stand from `start` on."""
    return Span(part, start, start + len(text), text)


def article(**more: Any) -> ArticleFacts:
    """An article of a made-up outlet."""
    given: dict[str, Any] = {
        "key": KEY, "doc_id": "n1", "title": "مهين تحت القصف", "outlet": "جسر الميدان", "url": None, "language": "ar",
        "published": dt.date(2015, 11, 1), "stored": STORED, "synthetic": False, "length": 400, "lead": 120,
    }  # fmt: skip
    return ArticleFacts(**(given | more))


def report(**more: Any) -> Report:
    """An air strike on مهين, told by the Observatory."""
    given: dict[str, Any] = {
        "id": "r1", "doc_id": "n1", "article_key": KEY, "text_sha256": "b" * 64, "sub_event_type": "Air/drone strike",
        "modality": "happened", "background": False, "actor1": (NamedActor(RUSSIA, span("الطيران الروسي", 4)),), "actor2": (),
        "target": None, "place": NamedPlace(MAHIN, span("مهين", 30)), "date": NamedDate(day("2015-10-31"), None),
        "casualties": (Casualties("killed", "civilians", None, 3, 5, 0, span("ثلاثة مدنيين", 40)),),
        "killed": (3, 5), "injured": None,
        "claims": (Claim((NamedSource(SOHR, span("المرصد", 60)),)),), "weapon": "aircraft",
        "evidence": span("قصف الطيران الروسي بلدة مهين وقتل ثلاثة مدنيين", 4),
        "coder": CoderInfo("grammar", "1", "f" * 12, ("strike",)), "confidence": 0.81,
    }  # fmt: skip
    return Report(**(given | more))


def version(value: Any, voices: tuple[str, ...] = ("sohr",)) -> Version[Any]:
    """A version of a field that report r1 gives."""
    return Version(value, ("r1",), voices)


def incident(**more: Any) -> Incident:
    """What `report` tells, as an incident of one voice."""
    given: dict[str, Any] = {
        "id": "r1", "sub_event_type": "Air/drone strike", "sub_event_types": (version("Air/drone strike"),),
        "modality": "happened", "modalities": (version("happened"),), "disputed": False, "background": False,
        "actor1": (RUSSIA,), "actors1": (version((RUSSIA,)),), "actor2": (), "actors2": (), "target": None, "targets": (),
        "weapon": "aircraft", "weapons": (version("aircraft"),), "place": MAHIN, "places": (version(MAHIN),),
        "date": day("2015-10-31"), "dates": (version(day("2015-10-31")),), "killed": Toll(3, None, 5), "injured": None,
        "civilians_killed": Toll(3, None, 5), "tolls": (version(TollOf("killed", "civilians", None, 3, 5)),), "blamed": (),
        "denials": (), "voices": (Voice("sohr", SOHR, None, ("r1",)),), "grading": Grading("weak", "one voice"), "merges": (),
        "reports": (ReportRef("r1", "n1", KEY, "جسر الميدان", dt.date(2015, 11, 1)),),
    }  # fmt: skip
    return Incident(**(given | more))


def happening(made: Incident | None = None, articles: tuple[ArticleFacts, ...] = (), **more: Any) -> Happening:
    """An incident with its report and article; `more` are fields of the incident."""
    made = made or incident(**more)
    cited = articles or (article(),)
    return Happening(made, (report(),), {one.key: one for one in cited})


def telling(made_article: ArticleFacts | None = None, **more: Any) -> Telling:
    """A report with its article; `more` are fields of the report."""
    return Telling(report(**more), made_article or article(), "r1")


def moved(place: Place, **more: Any) -> Place:
    """A place with other fields."""
    return replace(place, **more)
