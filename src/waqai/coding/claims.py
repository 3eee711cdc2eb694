"""Claims: on whose word an event rests, and whom they blame."""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from waqai.coding.attribution_frames import MUTUAL
from waqai.coding.draft import Draft
from waqai.coding.scene import preposition
from waqai.knowledge.sources import SourceKnowledge
from waqai.model.annotated import Annotated
from waqai.model.attribution import Attribution
from waqai.model.mention import Actor, Mention
from waqai.model.quick import replace
from waqai.model.report import Claim, Modality, NamedActor, NamedSource, Why

CLAIMABLE = frozenset(
    {
        "Suicide bomb", "Remote explosive/landmine/IED", "Attack", "Armed clash", "Shelling/artillery/missile attack",
        "Air/drone strike", "Chemical weapon",
    }
)  # fmt: skip
DENIABLE = CLAIMABLE | {"Excessive force against protesters"}
TAKINGS = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
)  # denied by whoever is not said to have taken
BLAMED = "blamed for it"
CLAIMED_WITHIN = 4  # sentences after an event in which somebody may claim it
BLAMED_WITHIN = 2
NEGATED_WITHIN = 5  # words
DENIED_WITHIN = 3  # sentences after an event in which its author may deny it


@dataclass(frozen=True, slots=True)
class Author:
    """A party that `sentence` says did what was told up to `within` sentences before; `rule` says how, `chain` who blames it."""

    sentence: int
    party: Mention[Actor]
    rule: str
    within: int
    chain: tuple[NamedSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Denial:
    """A turn of speech that tells no event of its own: a party of a camp denies what `sentence` tells of it."""

    camp: str
    sentence: int
    words: Attribution


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says what in an article, who only denies, and whom somebody blames or who takes responsibility."""

    attributions: Sequence[Attribution]
    denials: Sequence[Denial]
    named: Sequence[Author] = ()


def covering(draft: Draft, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, which are in the order of the text, over the event word of a draft."""
    here = bisect_left(attributions, draft.sentence, key=lambda a: a.sentence)
    end = bisect_right(attributions, draft.sentence, here, key=lambda a: a.sentence)
    return [a for a in attributions[here:end] if a.first <= draft.first < a.last and a.chain]


def _doubted(draft: Draft, attributions: Sequence[Attribution]) -> bool:
    """Whether the outlet passes on what it doubts ("زعم"), over the event word of a draft."""
    return any(
        a.rule == "alleged" and a.first <= draft.first < a.last for a in attributions if a.sentence == draft.sentence
    )


def authors(
    attributions: Sequence[Attribution], annotated: Annotated, sources: SourceKnowledge, deeds: Container[str]
) -> list[Author]:
    """Who takes responsibility, and who is blamed, sentence by sentence; those who take it stand first.

    `deeds` are words for what one is blamed for ("بتنفيذه", "مسؤولية").
    """
    takers, blamed = [], []
    for attribution in attributions:
        words = annotated.document.sentences[attribution.sentence].words
        if attribution.stance != "asserts" or not attribution.chain:
            continue
        here = [m for m in annotated.mentions.actors if m.sentence == attribution.sentence]
        for first, last in attribution.blames:
            rest = words[last : attribution.last]
            accused = [m for m in here if first <= m.first < last and not _of_the_accuser(words, m)]
            if attribution.rule == MUTUAL:
                blamed += [Author(attribution.sentence, m, MUTUAL, BLAMED_WITHIN, attribution.chain) for m in accused]
            elif all(word == "." for word in rest) or any(word in deeds or word[1:] in deeds for word in rest):
                by = attribution.chain
                blamed += [Author(attribution.sentence, m, BLAMED, BLAMED_WITHIN, by) for m in accused][:1]
        takes = attribution.rule == "claims responsibility" or not sources.claimed.isdisjoint(words)
        if takes and not attribution.blames and not _nobody_claims(words, attribution, sources):
            own = (m for m in here if m.span == attribution.chain[0].span)
            takers += [Author(attribution.sentence, m, "claims responsibility", CLAIMED_WITHIN) for m in own]
    return takers + blamed


def _of_the_accuser(words: Sequence[str], m: Mention[Actor]) -> bool:
    """Whether a party only says whose the accuser is ("اتهمت وزارة الداخلية بحكومة الوفاق قوات القيادة العامة")."""
    return preposition(m.prefix) in ("ب", "ل") or (m.first > 0 and words[m.first - 1] == "في")


def _nobody_claims(words: Sequence[str], attribution: Attribution, sources: SourceKnowledge) -> bool:
    """Whether a word of negation stands shortly before the words that claim ("لم تعلن أي جهة مسؤوليتها")."""
    at = next((i for i, word in enumerate(words) if word in sources.claimed), attribution.first + 1)
    return not sources.unclaimed.isdisjoint(words[max(0, at - NEGATED_WITHIN) : at])


def claimed(drafts: Sequence[Draft], named: Sequence[Author]) -> list[Draft]:
    """The drafts, in the order of the text, with the party that claims one, or is blamed for it soon after, as its agent.

    Meant is what the sentence itself tells and the last deed before it that may be claimed, unless the sentence tells of
    another place; whoever stands first in `named` keeps what he is given.
    """
    out = list(drafts)
    for author in named:
        if author.rule != MUTUAL:
            meant = _meant(drafts, author)
            out = [_by(draft, author) if n in meant and not draft.actor1 else draft for n, draft in enumerate(out)]
    return out


def _by(draft: Draft, author: Author) -> Draft:
    party = author.party
    why = Why("actor1", author.rule, party.span)
    return replace(draft, actor1=(NamedActor(party.value, party.span),), why=(*draft.why, why))


def _meant(drafts: Sequence[Draft], author: Author) -> set[int]:
    """Which of the drafts, by their places among them, a claim or charge is about."""
    may = [n for n, d in enumerate(drafts) if d.type in CLAIMABLE and not d.in_title and d.modality == "happened"]
    own = [n for n in may if drafts[n].sentence == author.sentence]
    before = [n for n in may if 0 < author.sentence - drafts[n].sentence <= author.within]
    last = drafts[before[-1]] if before else None
    if last is None or any(_elsewhere(drafts[n], last) for n in own):
        return set(own)
    return {*own, *(n for n in before if drafts[n].sentence == last.sentence and drafts[n].type == last.type)}


def _elsewhere(own: Draft, last: Draft) -> bool:
    """Whether the sentence of a claim tells of a deed in another place than the one before."""
    return own.place is not None and last.place is not None and own.place.place.id != last.place.place.id


def denials(
    attributions: Sequence[Attribution],
    annotated: Annotated,
    drafts: Sequence[Draft],
    sides: Mapping[str, str],
    deeds: Container[str],
) -> list[Denial]:
    """Sentences that only deny a deed ("ونفت وزارة الدفاع الروسية استهداف المدنيين"), each with the event it denies.

    `sides` leads from the English name of a source to the camp it speaks for, `deeds` are words for what is denied.
    The event is the last one before whose author is of that camp, or else one whose author is not known; without either the
    denial is left out.
    """
    told = {(d.sentence, d.first) for draft in drafts for d in (draft, *draft.merged)}
    out = []
    for a in attributions:
        if a.stance != "denies" or not a.chain or any(s == a.sentence and a.first <= f < a.last for s, f in told):
            continue
        words = annotated.document.sentences[a.sentence].words[a.first : a.last]
        camp = sides.get(a.chain[0].source.name_en) or _camp_of(a, annotated)
        if camp is not None and any(word in deeds or word[1:] in deeds for word in words):
            before = [d for d in drafts if _may_deny(d, a, camp)]
            own = [d for d in before if d.type in TAKINGS or camp in {party.actor.camp for party in d.actor1}]
            out += [Denial(camp, max(d.sentence for d in own or before), a)] if before else []
    return out


def _may_deny(draft: Draft, denial: Attribution, camp: str) -> bool:
    gap = denial.sentence - draft.sentence
    near = 0 < gap <= DENIED_WITHIN or (gap == 0 and draft.last <= denial.first)
    return near and _deniable(draft, camp)


def _deniable(draft: Draft, camp: str) -> bool:
    """Whether a party of this camp can deny the event: its author, anybody where no author is known, of a taking all others."""
    camps = {a.actor.camp for a in draft.actor1}
    if draft.type in TAKINGS:
        return camp not in camps
    return draft.type in DENIABLE and (camp in camps or camps <= {"unknown"})


def _camp_of(attribution: Attribution, annotated: Annotated) -> str | None:
    speaker = attribution.chain[0].span
    here = (m for m in annotated.mentions.actors if m.sentence == attribution.sentence)
    if speaker is None:
        return None
    return next((m.value.camp for m in here if m.span.start < speaker.end and speaker.start < m.span.end), None)


def claims_of(draft: Draft, speech: Speech, actors: Sequence[Mention[Actor]]) -> tuple[Claim, ...]:
    """The claims an event rests on, each chain once; one claim with an empty chain when the outlet speaks for itself.

    A denial soon after by a party the event names as its author, or of a taking by another, is among them.
    """
    told = [draft, *(m for m in draft.merged if not m.in_title or draft.in_title)]
    seen: dict[tuple[tuple[str, ...], str], Claim] = {}
    for part in told:
        for attribution in covering(part, speech.attributions):
            names = tuple(f"{s.source.name_en}/{s.source.name_ar}" for s in attribution.chain)
            blames = tuple(
                NamedActor(m.value, m.span)
                for first, last in attribution.blames
                for m in actors
                if m.sentence == attribution.sentence and first <= m.first < last
            )
            seen.setdefault((names, attribution.stance), Claim(attribution.chain, attribution.stance, blames))
    accusing = tuple(claim for claim in _accusations(draft, speech) if claim not in seen.values())
    asserted = (*(tuple(seen.values()) or (Claim(()),)), *accusing)
    if any(_doubted(part, speech.attributions) for part in told):
        asserted += (Claim((), "doubts"),)
    later = (d for d in speech.denials if d.sentence == draft.sentence and _deniable(draft, d.camp))
    return (*asserted, *(Claim(d.words.chain, "denies") for d in later))


def _accusations(draft: Draft, speech: Speech) -> tuple[Claim, ...]:
    """The claims of whoever blames, in a sentence of its own, the party that the event has from there alone, and of those
    who soon after blame each other for an event whose author nobody knows."""
    spans = {agent.span for agent in draft.actor1} if any(why.rule == BLAMED for why in draft.why) else set()
    open_ = draft.type in CLAIMABLE and not draft.in_title and all(a.actor.camp == "unknown" for a in draft.actor1)
    found = [
        a
        for a in speech.named
        if (a.chain and a.party.span in spans)
        or (a.rule == MUTUAL and open_ and 0 < a.sentence - draft.sentence <= a.within)
    ]
    return tuple(Claim(a.chain, "asserts", (NamedActor(a.party.value, a.party.span),)) for a in found)


def modality_of(draft: Draft, claims: Sequence[Claim], speech: Speech) -> Modality:
    """An event is denied when its own sentence is a denial and nobody asserts it; the accused denying it does not undo it."""
    own = covering(draft, speech.attributions)
    if draft.modality == "happened" and own and all(a.stance == "denies" for a in own):
        if any(c.stance == "asserts" for c in claims):
            return "happened"
        return "denied"
    return draft.modality
