"""Voices: whose word a report is. The source furthest back counts, so two agencies that cite one monitor are one voice."""

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.arabic.letters import fold
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.account import Account, AccountClaim
from waqai.model.incident import Voice
from waqai.model.mention import Source
from waqai.model.report import Stance


@dataclass(frozen=True, slots=True)
class Said:
    """One claim of a report: whose word it is, what stance it takes, and which claim of the report it is.

    `rests_on` is the key of the voice that has a name: its own, or for "witnesses" the one that quotes them.
    """

    account: Account
    number: int
    claim: AccountClaim
    key: str
    source: Source
    rests_on: str

    @property
    def stance(self) -> Stance:
        """Whether the voice asserts, denies or doubts."""
        return self.claim.stance


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
            found.append(Said(account, number, claim, key, source, rests_on))
    return found


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
        name = knowledge.names.get(fold(outlet), outlet)
        return name, Source(name, outlet, "outlet"), name
    source = chain[-1]
    known = knowledge.names.get(fold(source.name_en)) or knowledge.names.get(fold(source.name_ar))
    if known or not _nameless(source, knowledge):
        key = known or source.name_en or source.name_ar
        return key, source, key
    quoted = next((s.name_en or s.name_ar for s in reversed(chain[:-1]) if not _nameless(s, knowledge)), outlet)
    rests_on = knowledge.names.get(fold(quoted), quoted)
    return f"{source.name_en or source.name_ar} via {rests_on}", source, rests_on


def _nameless(source: Source, knowledge: IncidentKnowledge) -> bool:
    """Whether a source's words name nobody: "witnesses", "a military source", "an organisation"."""
    grades = knowledge.grades
    loose = source.kind in grades.sometimes and source.name_en.endswith(knowledge.nameless)
    return source.kind in grades.unnamed or loose


def voices(claims: Sequence[Said], knowledge: IncidentKnowledge) -> tuple[Voice, ...]:
    """The independent voices of an incident, those with most reports first."""
    reports: dict[str, dict[str, None]] = {}
    sources: dict[str, Source] = {}
    for each in claims:
        reports.setdefault(each.key, {})[each.account.report_id] = None
        sources.setdefault(each.key, each.source)
    found = [Voice(key, sources[key], side_of(sources[key], knowledge), tuple(ids)) for key, ids in reports.items()]
    return tuple(sorted(found, key=lambda voice: (-len(voice.reports), voice.key)))


def side_of(source: Source, knowledge: IncidentKnowledge) -> str | None:
    """The camp that a source speaks for: that of a mouthpiece or an actor known by name; None when it speaks for none known."""
    name = knowledge.names.get(fold(source.name_en)) or knowledge.names.get(fold(source.name_ar))
    return knowledge.sides.get(name or source.name_en)
