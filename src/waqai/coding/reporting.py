"""Reporting: from a finished draft to the report that leaves the coder."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.coding.claims import Speech, claims_of, modality_of
from waqai.coding.draft import LIKELIEST, Draft, Toll
from waqai.coding.timing import published_date
from waqai.coding.tolls import other_people
from waqai.model.annotated import Annotated
from waqai.model.article import Article
from waqai.model.mention import Actor
from waqai.model.quick import replace
from waqai.model.report import CoderInfo, NamedActor, NamedDate, Report, Why
from waqai.model.text import Span

HARMS = frozenset(
    {
        "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Suicide bomb", "Grenade",
        "Chemical weapon", "Attack", "Abduction/forced disappearance", "Sexual violence",
    }
)  # fmt: skip
AGAINST_CIVILIANS = frozenset({"Attack", "Abduction/forced disappearance", "Sexual violence"})
OF_CIVILIANS = ("hospital", "school", "market", "mosque", "bakery", "camp")
Range = tuple[int, int | None] | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every report of a coder carries."""

    name: str
    version: str
    knowledge: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The article a report comes from: its label, and the hashes of its words, made once for all its reports."""

    id: str
    key: str
    text_sha256: str


def origin_of(article: Article) -> Origin:
    """The origin of all reports of an article."""
    return Origin(article.id, article.key, article.text_sha256)


def total(tolls: Sequence[Toll], outcome: str) -> Range:
    """The toll of one outcome as [low, high]: a rising count replaces what was before; counts that differ make one range.

    The body speaks before the title, numbers before single persons, exact numbers before the "dozens" they lie in.
    """
    counts = [t for t in tolls if t.outcome in (outcome, "both")]
    counts = [t for t in counts if not t.earlier] or counts
    rises = [t for t in counts if t.rises]
    if rises:
        return rises[-1].low, rises[-1].high
    counts = _sharpest([t for t in counts if t.span.part != "title"]) or _sharpest(counts)
    if all(_crowd(t) for t in counts):
        counts = _sharpest([t for t in tolls if t.outcome in (outcome, "both")])
    counts = _both_sides([t for t in counts if not t.singular] or counts)
    if not counts:
        return None
    exact = [t for t in counts if t.high is not None]
    least = [t for t in counts if t.high is None]
    low, high = min(t.low for t in counts), max((t.high or 0 for t in exact), default=0)
    return low, None if least and high <= max(t.low for t in least) else high


def _crowd(toll: Toll) -> bool:
    return toll.high is not None and toll.high > 2 * toll.low and toll.low >= 20


def _both_sides(counts: Sequence[Toll]) -> list[Toll]:
    """The counts, those of one sentence for two sides, or for fighters and civilians, made one."""
    out: list[Toll] = []
    for t in counts:
        held = out[-1] if out else None
        if held is None or held.sentence != t.sentence or not other_people(held, t):
            out.append(t)
            continue
        high = None if held.high is None or t.high is None else held.high + t.high
        out[-1] = replace(t, low=held.low + t.low, high=high)
    return out


def _sharpest(counts: Sequence[Toll]) -> list[Toll]:
    """The counts without the dozens and hundreds that a more exact count lies in."""
    exact = [t for t in counts if not _crowd(t)]
    return [t for t in counts if not (_crowd(t) and any(t.low <= e.low <= (t.high or 0) for e in exact))]


def report_of(
    draft: Draft,
    annotated: Annotated,
    origin: Origin,
    speech: Speech,
    stamp: Stamp,
    ordinal: int,
) -> Report:
    """The report of a draft; `ordinal` tells apart events of one type, place and words."""
    sentence = annotated.document.sentences[draft.sentence]
    evidence = sentence.span(*draft.evidence)
    claims = claims_of(draft, speech, annotated.mentions.actors)
    date = _date(draft, annotated)
    tolls = _distinct([t for t in draft.tolls if _of_this(draft, t)])
    why = (*draft.why, *_more_why(draft, date))
    return Report(
        id=_id(origin.key, evidence, draft, ordinal),
        doc_id=origin.id,
        article_key=origin.key,
        text_sha256=origin.text_sha256,
        sub_event_type=draft.type,
        modality=modality_of(draft, claims, speech),
        background=draft.background,
        actor1=draft.actor1,
        actor2=draft.actor2,
        target=draft.target,
        place=draft.place,
        date=date,
        casualties=tuple(t.casualties() for t in tolls),
        killed=total(tolls, "killed"),
        injured=total(tolls, "injured"),
        claims=claims,
        weapon=draft.weapon,
        evidence=evidence,
        coder=CoderInfo(
            stamp.name, stamp.version, stamp.knowledge, tuple(dict.fromkeys(w.rule for w in why if w.rule))
        ),
        confidence=confidence(draft),
        why=why,
    )


def _of_this(draft: Draft, toll: Toll) -> bool:
    """Whether a toll is of the event as it is reported: not of its history, nor a headline's of a list it is one place of."""
    if toll.history and not draft.background:
        return False
    own = any(t.span.part != "title" and not t.joint for t in draft.tolls)
    return not (toll.joint and toll.span.part == "title" and own)


def _distinct(tolls: Sequence[Toll]) -> tuple[Toll, ...]:
    """Each toll once: a count told again keeps that it rises, that it is of the body, and that it is "at least" so many."""
    seen: dict[tuple[object, ...], Toll] = {}
    for t in tolls:
        parts = [replace(t, outcome="killed"), replace(t, outcome="injured")] if t.outcome == "both" else [t]
        for part in parts:
            key = (part.outcome, part.low, part.high, part.who)
            held = seen.get(key)
            if held is None or (held.span.part == "title" and part.span.part != "title"):
                rises = held is not None and held.rises and not part.rises
                seen[key] = replace(part, rises=True) if rises else part
            elif part.rises:
                seen[key] = replace(held, rises=True)
    return tuple(seen.values())


def with_victims(draft: Draft, civilians: Actor) -> Draft:
    """Civilians are the other side of an attack whose victims the text counts as no fighters, when it names nobody else."""
    if draft.actor2 or draft.type not in HARMS:
        return draft
    span = draft.tolls[0].span if draft.tolls else draft.target.span if draft.target is not None else None
    armed = any(t.who == "combatants" for t in draft.tolls)
    if draft.type in AGAINST_CIVILIANS:
        return (
            draft
            if armed
            else replace(draft, actor2=(NamedActor(civilians, draft.tolls[0].span if draft.tolls else None),))
        )
    if armed or any(t.side and t.side != "civilians" for t in draft.tolls):
        return draft
    harmed = draft.tolls or (draft.target is not None and draft.target.kind in OF_CIVILIANS)
    return replace(draft, actor2=(NamedActor(civilians, span),)) if harmed else draft


def _date(draft: Draft, annotated: Annotated) -> NamedDate | None:
    if draft.date is not None and draft.date.date.start is not None:
        return draft.date
    if draft.background or draft.modality == "planned":
        return None
    return published_date(annotated.anchor)


def _more_why(draft: Draft, date: NamedDate | None) -> list[Why]:
    out = [Why("killed" if t.outcome != "injured" else "injured", "toll", t.span) for t in draft.tolls]
    if date is not None and date.date.basis == "published":
        out.append(Why("date", "day of publication and the day before"))
    if draft.target is not None:
        out.append(Why("target", draft.target.kind, draft.target.span))
    out += [Why("merged", f"told again: {m.trigger.id}", None) for m in draft.merged]
    return out


def _id(key: str, evidence: Span, draft: Draft, ordinal: int) -> str:
    place = draft.place.place.id if draft.place else ""
    parts = (key, evidence.part, str(evidence.start), str(evidence.end), draft.type, place, str(ordinal))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]


def confidence(draft: Draft) -> float:
    """How much the coder trusts a report, 0 to 1: a place of its own, parties, and a strong event word raise it; a
    first party that was only weighed hardly does."""
    score = 0.45
    score += 0.2 if draft.own_place and draft.place and draft.place.place.sure >= 0.6 else 0.05 if draft.place else 0.0
    weighed = any(w.field == "actor1" and w.rule == LIKELIEST for w in draft.why)
    score += 0.0 if not draft.actor1 else 0.02 if weighed else 0.12
    score += 0.08 if draft.actor2 or draft.tolls else 0.0
    score += 0.05 if draft.date is not None else 0.0
    score += 0.05 if draft.merged else 0.0
    score -= 0.08 if draft.trigger.weak else 0.0
    score -= 0.05 if draft.modality != "happened" else 0.0
    return round(min(max(score, 0.05), 0.95), 2)
