"""Incidents: one happening, as all the reports of it tell it. Each field keeps every version beside the one that is shown."""

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Modality, Outcome, Stance, Who

V = TypeVar("V", covariant=True)
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]


@dataclass(frozen=True, slots=True)
class Version(Generic[V]):
    """One value of a field: the reports that give it (ids) and the keys of the independent voices they rest on."""

    value: V
    reports: tuple[str, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """An independent source: the one furthest back, or the outlet where it names none. Copies of a text are one voice.

    `side` is the camp it speaks for, None when it speaks for none that is known. `stance` is what its own claims take, each
    stance once. `counts_as` is the key of the voice it is counted with, None when it counts for itself: witnesses whom two
    outlets quote may be the same.
    """

    key: str
    source: Source
    side: str | None
    reports: tuple[str, ...]
    stance: tuple[Stance, ...] = ("asserts",)
    counts_as: str | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """A reconciled number: the lowest and highest that a voice gives, and the one that is best supported.

    `high` is None when somebody says "at least" and nobody an upper end; `best` is None when no single number leads.
    """

    low: int
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class TollOf:
    """What a toll counts."""

    outcome: Outcome
    who: Who
    side: str | None
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two reports are held for one happening: `score` from 0 to 1, and the reasons for and against, strongest first."""

    report: str
    joined: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportRef:
    """A report of the incident, and where it stands."""

    id: str
    doc_id: str
    article_key: str
    outlet: str | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Grading:
    """A grade by Airwars' rules for harm to civilians; `person` is None while it is only suggested."""

    grade: Grade
    reason: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening. `id` is the id of its earliest report (by the day it was known, then by id).

    The plain fields hold what is shown; the plural ones every version, best supported first. `modality` is "denied" only
    when nobody asserts it; `disputed` says that some voice denies or doubts it. `background` holds when every report
    tells it as history. `blamed` are those whom a voice holds responsible, `denials` the reports that deny.
    """

    id: str
    sub_event_type: str
    sub_event_types: tuple[Version[str], ...]
    modality: Modality
    modalities: tuple[Version[Modality], ...]
    disputed: bool
    background: bool
    actor1: tuple[Actor, ...]
    actors1: tuple[Version[tuple[Actor, ...]], ...]
    actor2: tuple[Actor, ...]
    actors2: tuple[Version[tuple[Actor, ...]], ...]
    target: str | None
    targets: tuple[Version[str], ...]
    weapon: str | None
    weapons: tuple[Version[str], ...]
    place: Place | None
    places: tuple[Version[Place], ...]
    date: DateRange | None
    dates: tuple[Version[DateRange], ...]
    killed: Toll | None
    injured: Toll | None
    civilians_killed: Toll | None
    tolls: tuple[Version[TollOf], ...]
    blamed: tuple[Version[Actor], ...]
    denials: tuple[str, ...]
    voices: tuple[Voice, ...]
    grading: Grading | None
    merges: tuple[Merge, ...]
    reports: tuple[ReportRef, ...]

    @property
    def independent(self) -> int:
        """How many of the voices are independent."""
        return sum(voice.counts_as is None for voice in self.voices)
