"""Attaching: the tolls of a sentence to its events, and the sides that another event or the article names."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from waqai.coding.draft import Draft, Memory, Toll
from waqai.coding.roles import armed, named
from waqai.coding.scene import Scene
from waqai.model.report import Why


def with_tolls(scene: Scene, drafts: list[Draft], tolls: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
    left: list[Toll] = []
    for toll in tolls:
        candidates = [d for d in drafts if d.listed == 0 and d.type not in ("Agreement", "Change to group/activity")]
        if not candidates:
            left.append(toll)
            continue
        best = min(candidates, key=lambda d: _far(scene, d, toll))
        drafts[drafts.index(best)] = _hit(scene, replace(best, tolls=(*best.tolls, toll)), toll)
    return drafts, left


def _hit(scene: Scene, draft: Draft, toll: Toll) -> Draft:
    """Those a toll counts are the other side of the event, when the text names them ("53 من أفراد المخابرات")."""
    if toll.who == "civilians" and draft.trigger.assault and not draft.actor2 and draft.type == "Armed clash":
        return replace(draft, type="Attack")
    if draft.actor2 or toll.side is None or toll.side in {a.actor.camp for a in draft.actor1} or draft.frame == "clash":
        return draft
    near = [m for m in scene.actors if m.value.camp == toll.side and toll.first <= m.first <= toll.last + 5]
    return (
        replace(draft, actor2=named(near), why=(*draft.why, Why("actor2", "those the toll counts", near[0].span)))
        if near
        else draft
    )


def _far(scene: Scene, draft: Draft, toll: Toll) -> tuple[int, int]:
    """How far a toll stands from an event: another clause counts much, a background or attempted event some."""
    distance = toll.first - draft.last if toll.first >= draft.last else draft.first - toll.last
    other_clause = scene.clause_at(toll.first) != scene.clause_at(draft.first)
    after_and = draft.first > toll.last and scene.clause_at(draft.first).kind in ("main", "and") and other_clause
    gap = scene.words[min(toll.last, draft.last) : max(toll.first, draft.first)]
    apart = any(a == "،" and b.startswith("و") for a, b in pairwise(gap)) and draft.first > toll.last
    return (30 if after_and or apart else 8 if other_clause else 0) + (6 if draft.background else 0) + max(
        distance, 0
    ), draft.first


def with_parties(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A clash that names no side, beside one of the same sentence that does, is fought by the same."""
    if draft.frame != "clash" or draft.actor1 or draft.actor2:
        return draft
    known = next((d for d in drafts if d.frame == "clash" and d.actor1 and d.actor2), None)
    return replace(draft, actor1=known.actor1, actor2=known.actor2) if known else draft


def with_opponent(draft: Draft, memory: Memory) -> Draft:
    """Who a place was taken from, or who stood on the other side of a clash, when the article names only one such party."""
    if not draft.actor1 or draft.actor2 or draft.frame not in ("take", "clash") or not armed(draft.actor1[0].actor):
        return draft
    other = memory.opponent({a.actor.camp for a in draft.actor1})
    if not other:
        return draft
    return replace(
        draft, actor2=other, why=(*draft.why, Why("actor2", "the other side of the fighting in the article"))
    )
