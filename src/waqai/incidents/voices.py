"""Voices: whose word a report is. The source furthest back counts, so two agencies that cite one monitor are one voice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from waqai.arabic.letters import fold
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account, AccountClaim
from waqai.model.incident import Voice
from waqai.model.mention import Source
from waqai.model.report import Stance

STANCES: tuple[Stance, ...] = ("asserts", "denies", "doubts")


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of a report: whose word it is, what stance it takes, and which claim of the report it is.

    The stance says whether the voice asserts, denies or doubts; who says that nothing happened denies it. `rests_on` is the key of
    the voice that has a name: its own, or for "witnesses" the one that quotes them.
    """

    account: Account
    number: int
    claim: AccountClaim
    key: str
    source: Source
    rests_on: str
    stance: Stance

    @property
    def unnamed(self) -> bool:
        """Whether the voice names nobody."""
        return self.key != self.rests_on


def said(accounts: Sequence[Account], knowledge: IncidentKnowledge) -> list[Said]:
    """All claims of the reports, in their order; a report without claims is its outlet's word.

    Near-copies of one text are one voice where they cite nobody: that of the outlet that had it first.
    """
    outlets: dict[str, str] = {}
    for account in sorted(accounts, key=lambda a: (a.article_key != a.copy_of, a.known, a.report_id)):
        outlets.setdefault(account.copy_of, account.outlet or f"article {account.copy_of}")
    found = []
    for account in accounts:
        for number, claim in enumerate(account.claims or (_own_word(account),)):
            key, source, rests_on = furthest(claim, outlets[account.copy_of], knowledge)
            stance = "denies" if account.modality == "denied" and claim.stance == "asserts" else claim.stance
            found.append(Said(account, number, claim, key, source, rests_on, stance))
    return found


@lru_cache(maxsize=65536)
def _folded(name: str) -> str:
    """The name of a source as it is looked up: a record has few, which come again and again."""
    return fold(name)


def _own_word(account: Account) -> AccountClaim:
    return AccountClaim((), "denies" if account.modality == "denied" else "asserts")


def furthest(claim: AccountClaim, outlet: str, knowledge: IncidentKnowledge) -> tuple[str, Source, str]:
    """The key and the source furthest back in the chain of a claim that this outlet prints, and what it rests on.

    The outlet is it where it names none or its own correspondent. A source that names nobody ("witnesses") is known only
    through the one that quotes it, and is counted with it.
    """
    grades = knowledge.grades
    chain = [source for source in claim.chain if source.kind not in grades.own]
    if not chain:
        name = knowledge.names.get(_folded(outlet), outlet)
        return name, Source(name, outlet, "outlet"), name
    source = chain[-1]
    known = knowledge.names.get(_folded(source.name_en)) or knowledge.names.get(_folded(source.name_ar))
    if known or not _nameless(source, knowledge):
        key = known or source.name_en or source.name_ar
        return key, source, key
    quoted = next((s.name_en or s.name_ar for s in reversed(chain[:-1]) if not _nameless(s, knowledge)), outlet)
    rests_on = knowledge.names.get(_folded(quoted), quoted)
    return f"{source.name_en or source.name_ar} via {rests_on}", source, rests_on


def _nameless(source: Source, knowledge: IncidentKnowledge) -> bool:
    """Whether a source's words name nobody: "witnesses", "a military source", "an organisation"."""
    grades = knowledge.grades
    loose = source.kind in grades.sometimes and source.name_en.endswith(knowledge.nameless)
    return source.kind in grades.unnamed or loose


def voices(claims: Sequence[Said], knowledge: IncidentKnowledge) -> tuple[Voice, ...]:
    """The voices of an incident with the stance that each takes itself, those with most reports first."""
    told: dict[str, list[Said]] = {}
    for each in claims:
        told.setdefault(each.key, []).append(each)
    counted = counted_as(claims)
    found = [_voice(key, own, counted[key], knowledge) for key, own in told.items()]
    return tuple(sorted(found, key=lambda voice: (-len(voice.reports), voice.key)))


def _voice(key: str, own: Sequence[Said], counted: str, knowledge: IncidentKnowledge) -> Voice:
    source = own[0].source
    reports = tuple(dict.fromkeys(each.account.report_id for each in own))
    stances = {each.stance for each in own}
    stance = tuple(each for each in STANCES if each in stances)
    return Voice(key, source, side_of(source, knowledge), reports, stance, None if counted == key else counted)


def counted_as(claims: Iterable[Said]) -> dict[str, str]:
    """For each voice the key of the one it counts as, its own where it is independent.

    Who has no name counts with the named voice that quotes him; of the others no two that count are of one kind or quoted
    by one outlet: the witnesses of two outlets may be the same.
    """
    given = sorted(claims, key=lambda each: each.key)
    found = {each.key: each.key for each in given if not each.unnamed}
    found |= {each.key: each.rests_on for each in given if each.rests_on in found}
    leading: dict[tuple[str, str], str] = {}
    for each in given:
        if each.key not in found:
            marks = ("kind", each.source.kind), ("quoted by", each.rests_on)
            lead = next((leading[mark] for mark in marks if mark in leading), None)
            found[each.key] = lead or each.key
            if lead is None:
                leading |= dict.fromkeys(marks, each.key)
    return found


def independent(claims: Iterable[Said]) -> int:
    """How many independent voices make these claims."""
    return len(set(counted_as(claims).values()))


def side_of(source: Source, knowledge: IncidentKnowledge) -> str | None:
    """The camp that a source speaks for: that of a mouthpiece or an actor known by name; None when it speaks for none known."""
    name = knowledge.names.get(_folded(source.name_en)) or knowledge.names.get(_folded(source.name_ar))
    return knowledge.sides.get(name or source.name_en)
