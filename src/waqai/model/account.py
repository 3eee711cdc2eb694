"""Accounts: a report as incidents are told from it, its outline as it is compared with others. Spans are left to the report."""

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
class Outline:
    """What of a report is compared with others, to find out which of them tell one happening.

    `copy_of` is the key of the earliest article of which its own is a near-copy, its own key when there is none: copies
    count as one source. `known` is the day from which the record can have known it: the day of publication, or, where none
    is known, the day the article was stored. `marks` are those of the content words of the evidence, a bit for each.
    """

    report_id: str
    article_key: str
    copy_of: str
    known: dt.date
    sub_event_type: str
    modality: Modality
    background: bool
    target: str | None
    weapon: str | None
    actor1: tuple[Actor, ...]
    actor2: tuple[Actor, ...]
    place: Place | None
    date: DateRange | None
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    marks: int


@dataclass(frozen=True, slots=True)
class Account(Outline):
    """One report with all that an incident is told from: its outline, where it stands, its numbers, and who says so.

    `words` are the content words of the evidence, folded. `lent` says that no words of the event name its second party: it
    is the other side of the fighting that the article tells of.
    """

    doc_id: str
    outlet: str | None
    published: dt.date | None
    casualties: tuple[AccountToll, ...]
    claims: tuple[AccountClaim, ...]
    words: frozenset[str]
    confidence: float
    lent: bool = False
