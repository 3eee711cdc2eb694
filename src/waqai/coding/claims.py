"""Claims: on whose word an event rests, and whom they blame."""

from collections.abc import Sequence

from waqai.coding.draft import Draft
from waqai.model.attribution import Attribution
from waqai.model.mention import Actor, Mention
from waqai.model.report import Claim, Modality, NamedActor


def covering(draft: Draft, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions over the event word of a draft."""
    return [a for a in attributions if a.sentence == draft.sentence and a.first <= draft.first < a.last and a.chain]


def claims_of(draft: Draft, attributions: Sequence[Attribution], actors: Sequence[Mention[Actor]]) -> tuple[Claim, ...]:
    """The claims an event rests on, each chain once; one claim with an empty chain when the outlet speaks for itself."""
    told = [draft, *(m for m in draft.merged if not m.in_title or draft.in_title)]
    seen: dict[tuple[tuple[str, ...], str], Claim] = {}
    for part in told:
        for attribution in covering(part, attributions):
            names = tuple(s.source.name_en for s in attribution.chain)
            blames = tuple(
                NamedActor(m.value, m.span)
                for first, last in attribution.blames
                for m in actors
                if m.sentence == attribution.sentence and first <= m.first < last
            )
            seen.setdefault((names, attribution.stance), Claim(attribution.chain, attribution.stance, blames))
    return tuple(seen.values()) or (Claim(()),)


def modality_of(draft: Draft, claims: Sequence[Claim], attributions: Sequence[Attribution]) -> Modality:
    """An event is denied when its own sentence is a denial and nobody asserts it; the accused denying it does not undo it."""
    own = covering(draft, attributions)
    if draft.modality == "happened" and own and all(a.stance == "denies" for a in own):
        if any(c.stance == "asserts" for c in claims):
            return "happened"
        return "denied"
    return draft.modality
