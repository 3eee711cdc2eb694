"""Accounts: a report as the record compares it with others, and the article it stands in. Spans are left to the report."""

import datetime as dt
from dataclasses import dataclass

from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Modality, Outcome, Stance, Who


@dataclass(frozen=True, slots=True)
class AccountClaim:
    """Who says so: the chain from the source the outlet names (none: the outlet itself) to the one furthest back."""

    chain: tuple[Source, ...]
    stance: Stance
    blames: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True)
class AccountToll:
    """`low` to `high` (None for "at least"); `claim` is the index of the claim it rests on."""

    outcome: Outcome
    who: Who
    side: str | None
    low: int
    high: int | None
    claim: int


@dataclass(frozen=True, slots=True)
class Account:
    """One report with what is needed to find out which happening it tells.

    `copy_of` is the key of the earliest article of which this one is a near-copy, its own key when there is none: copies
    count as one source. `lent` says that no words of the event name its second party: it is the other side of the fighting
    that the article tells of. `known` is the day from which the record can have known it: the day of publication, or, where
    none is known, the day the article was stored. `words` are the content words of the evidence, folded.
    """

    report_id: str
    article_key: str
    doc_id: str
    copy_of: str
    outlet: str | None
    published: dt.date | None
    known: dt.date
    sub_event_type: str
    modality: Modality
    background: bool
    actor1: tuple[Actor, ...]
    actor2: tuple[Actor, ...]
    target: str | None
    place: Place | None
    date: DateRange | None
    casualties: tuple[AccountToll, ...]
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    claims: tuple[AccountClaim, ...]
    weapon: str | None
    words: frozenset[str]
    confidence: float
    lent: bool = False
