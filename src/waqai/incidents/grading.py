"""Grading: how far an incident of harm to civilians is borne out, by Airwars' rules. Only a person sets "confirmed"."""

from collections.abc import Sequence

from waqai.incidents.voices import Said, independent, side_of
from waqai.knowledge.incidents import IncidentKnowledge
from waqai.model.incident import Grade, Grading
from waqai.model.mention import Actor

CIVILIANS = "civilians"
NOBODY = (CIVILIANS, "unknown")


def suggested(claims: Sequence[Said], responsible: Sequence[Actor], knowledge: IncidentKnowledge) -> Grading | None:
    """The grade that the rules suggest; None where no voice tells of harm to civilians.

    `responsible` are those whom the reports name as the actor of harm.
    """
    telling = [each for each in claims if each.stance == "asserts"]
    harmed = [each for each in telling if _civilians(each, knowledge)]
    if not harmed:
        return None
    rules, reasons = knowledge.grades, knowledge.grades.reasons
    told = {each.key for each in harmed}
    fighters = independent(each for each in telling if _fighters(each) and each.key not in told)
    if fighters > independent(harmed):
        counted = {"fighters": fighters, "civilians": independent(harmed)}
        return _grading("discounted", reasons["discounted"].format(**counted))
    sides = _competing(harmed, knowledge)
    if len(sides) > 1:
        return _grading("contested", reasons["contested"].format(sides=", ".join(sides)))
    camps = {actor.camp for actor in responsible if actor.camp not in NOBODY}
    denying = {each.key for each in claims if each.stance == "denies"}
    voices = independent(each for each in harmed if each.key not in denying and _credible(each, camps, knowledge))
    grade: Grade = "fair" if voices >= rules.fair_from else "weak"
    return _grading(grade, reasons[grade].format(voices=voices))


def _grading(grade: Grade, reason: str) -> Grading:
    return Grading(grade, reason)


def _civilians(each: Said, knowledge: IncidentKnowledge) -> bool:
    """Whether a claim tells that civilians were harmed: by its toll, or, where it counts nobody as a fighter, as the target."""
    account = each.account
    if account.sub_event_type not in knowledge.grades.harm or account.modality == "planned":
        return False
    if any(toll.who == CIVILIANS for toll in account.casualties if toll.claim == each.number):
        return True
    against = any(actor.camp == CIVILIANS for actor in account.actor2)
    return against and not _fighters(each)


def _fighters(each: Said) -> bool:
    return any(toll.who == "combatants" for toll in each.account.casualties if toll.claim == each.number)


def _competing(harmed: Sequence[Said], knowledge: IncidentKnowledge) -> list[str]:
    """The camps held responsible, one for each set of allies; more than one when voices blame different sides."""
    found: list[str] = []
    for each in harmed:
        named = each.claim.blames or each.account.actor1
        if each.account.sub_event_type in knowledge.unordered:
            named = each.claim.blames
        for actor in named:
            allies = knowledge.allies.get(actor.camp, frozenset([actor.camp]))
            if actor.camp not in NOBODY and not allies.intersection(found):
                found.append(actor.camp)
    return found


def _credible(each: Said, responsible: set[str], knowledge: IncidentKnowledge) -> bool:
    """Whether a voice is credible of its kind, and does not speak for a side about its enemy's doing."""
    if each.source.kind not in knowledge.grades.credible:
        return False
    side = side_of(each.source, knowledge)
    if side is None or not responsible:
        return side is None
    return bool(knowledge.allies.get(side, frozenset([side])) & responsible)
