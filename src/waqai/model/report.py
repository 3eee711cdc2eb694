"""Reports: one coded event, as one article tells it. The JSON form is written by `waqai.records`."""

from dataclasses import dataclass, field
from typing import Literal

from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.quick import quick
from waqai.model.text import Span

Modality = Literal["happened", "attempted", "planned", "denied"]
Stance = Literal["asserts", "denies", "doubts"]
Outcome = Literal["killed", "injured"]
Who = Literal["combatants", "civilians", "unknown"]


@quick
@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor in a role of the event, with the words that name it there (None when it is understood from before)."""

    actor: Actor
    span: Span | None


@quick
@dataclass(frozen=True, slots=True)
class NamedPlace:
    """The place of the event, with its words."""

    place: Place
    span: Span | None


@quick
@dataclass(frozen=True, slots=True)
class NamedDate:
    """The date of the event, with its words (None when it comes from the day of publication)."""

    date: DateRange
    span: Span | None


@quick
@dataclass(frozen=True, slots=True)
class NamedSource:
    """A source of a claim, with its words."""

    source: Source
    span: Span | None


@dataclass(frozen=True, slots=True)
class Target:
    """What was hit when it is a protected or civilian object: a kind of the codebook, with its words."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Casualties:
    """`low` to `high` (None for "at least") by outcome, standing and side; `claim` is the index of the claim it rests on."""

    outcome: Outcome
    who: Who
    side: str | None
    low: int
    high: int | None
    claim: int
    span: Span


@quick
@dataclass(frozen=True, slots=True)
class Claim:
    """Who says so: the chain from the source the outlet names to the one furthest back, their stance, whom they blame."""

    chain: tuple[NamedSource, ...]
    stance: Stance = "asserts"
    blames: tuple[NamedActor, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class Why:
    """The reason of one field: the rule, its words, and the readings that lost. `waqai explain` prints these."""

    field: str
    rule: str
    span: Span | None = None
    considered: tuple[str, ...] = ()


@quick
@dataclass(frozen=True, slots=True)
class CoderInfo:
    """Which coder made a report: name, version, hash of its knowledge, the rules that fired."""

    name: str
    version: str
    knowledge: str
    rules: tuple[str, ...]


@quick
@dataclass(frozen=True, slots=True)
class Report:
    """One event as one article tells it. Tolls are [low, high] with high None for "at least", None when not given."""

    id: str
    doc_id: str
    article_key: str
    text_sha256: str
    sub_event_type: str
    modality: Modality
    background: bool
    actor1: tuple[NamedActor, ...]
    actor2: tuple[NamedActor, ...]
    target: Target | None
    place: NamedPlace | None
    date: NamedDate | None
    casualties: tuple[Casualties, ...]
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    claims: tuple[Claim, ...]
    weapon: str | None
    evidence: Span
    coder: CoderInfo
    confidence: float
    why: tuple[Why, ...] = field(default=())
