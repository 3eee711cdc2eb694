"""Claims: on whose word an event rests, and whom they blame."""

from collections.abc import Sequence
from dataclasses import replace

from waqai.coding.draft import Draft
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.mention import Actor, Mention
from waqai.model.report import Claim, Modality, NamedActor, Why

CLAIMABLE = frozenset(
    {"Suicide bomb", "Remote explosive/landmine/IED", "Attack", "Armed clash", "Shelling/artillery/missile attack"}
)


def covering(draft: Draft, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions over the event word of a draft."""
    return [a for a in attributions if a.sentence == draft.sentence and a.first <= draft.first < a.last and a.chain]


def accepting(attributions: Sequence[Attribution], annotated: Annotated) -> list[tuple[int, Mention[Actor]]]:
    """The sentences in which a party claims responsibility, with the party."""
    out = []
    for attribution in attributions:
        words = annotated.document.sentences[attribution.sentence].words
        accepts = attribution.rule == "claims responsibility" or any("مسوولي" in w for w in words)
        if not accepts or not attribution.chain or any(w in ("لم", "ولم", "اي") for w in words):
            continue
        party = next((m for m in annotated.mentions.actors if m.span == attribution.chain[0].span), None)
        if party is not None:
            out.append((attribution.sentence, party))
    return out


def claimed(draft: Draft, acceptances: Sequence[tuple[int, Mention[Actor]]]) -> Draft:
    """The draft with the party that claims it as its agent, when a sentence within the next four claims responsibility."""
    if draft.actor1 or draft.type not in CLAIMABLE or draft.in_title:
        return draft
    for sentence, party in acceptances:
        if 0 <= sentence - draft.sentence <= 4:
            why = Why("actor1", "claims responsibility", party.span)
            return replace(draft, actor1=(NamedActor(party.value, party.span),), why=(*draft.why, why))
    return draft


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
