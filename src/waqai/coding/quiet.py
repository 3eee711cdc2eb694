"""Quiet: reasons why a draft is no event of the conflict: sport, crime, courts, accidents, what is too vague to stand."""

from collections.abc import Sequence

from waqai.coding.draft import BOMBING, Draft
from waqai.coding.roles import armed
from waqai.knowledge.quiet import QuietKnowledge
from waqai.model.annotated import Annotated

STAGED = ("sport",)  # all its attacks are played
BOMBS = (*BOMBING, "Remote explosive/landmine/IED", "Suicide bomb", "Chemical weapon")
TRUCES = ("truce-begins", "truce-end")  # told of one party, of no place and with the article


def kept(drafts: Sequence[Draft], annotated: Annotated, quiet: QuietKnowledge) -> list[Draft]:
    """The drafts that are events of a conflict."""
    topic = topic_of(annotated, quiet) if drafts else None
    return [d for d in drafts if not refused(d, topic)]


def topic_of(annotated: Annotated, quiet: QuietKnowledge) -> str | None:
    """The subject of a quiet article (sport, crime, …) when its words outnumber those of the conflict, else None."""
    counts: dict[str, int] = {}
    for sentence in annotated.document.sentences[:25]:
        weight = 3 if sentence.paragraph < 0 else 1
        for _, _, _, subject in quiet.words.longest(sentence.words):
            counts[subject] = counts.get(subject, 0) + weight
    war = counts.pop("conflict", 0)
    if not counts:
        return None
    name, count = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
    return name if count >= quiet.threshold and count > war else None


def refused(draft: Draft, topic: str | None) -> str | None:
    """The reason why a draft is not coded, or None."""
    if topic is not None and not _of_conflict(draft, topic):
        return topic
    enough = draft.actor1 and (draft.actor2 or draft.tolls or draft.frame == "form" or draft.trigger.id in TRUCES)
    if draft.place is None and not enough:
        return "no place, and not two parties"
    if draft.frame == "form" and draft.actor1:
        return None
    if draft.frame == "agree" and draft.definite and not draft.merged and draft.trigger.id not in TRUCES:
        return "points back to an agreement"
    once = not draft.merged and not draft.tolls
    if once and draft.trigger.id == "assault" and not any(armed(a.actor) for a in (*draft.actor1, *draft.actor2)):
        return "an attack without sides or toll"
    if once and draft.definite and draft.trigger.id in ("execute", "assassinate", "blast", "massacre"):
        return "points back to an event that is not told"
    if draft.definite and not draft.own_place and not draft.tolls and not draft.merged:
        return "points back to an event that is not told"
    return None


def _of_conflict(draft: Draft, topic: str) -> bool:
    """Whether a draft stands in an article of another subject: an armed party or people who protest at a place of its own, or
    bombs that killed or hurt somebody there.
    """
    acts = draft.frame == "protest" or any(armed(a.actor) for a in draft.actor1)
    struck = draft.type in BOMBS and bool(draft.tolls)
    return draft.own_place and (acts or struck) and topic not in STAGED
