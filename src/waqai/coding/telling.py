"""A telling: one reading of an event word where it stands, with what it is read by and what was told before it."""

from dataclasses import dataclass

from waqai.arabic.inflection import Tense
from waqai.coding.draft import Lexicon, Memory
from waqai.coding.scene import Clause, EventWord, Scene
from waqai.knowledge.events import Trigger
from waqai.model.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Telling:
    """An event word of a scene, read as one entry of the lexicon in one tense.

    `clause` is where it stands, `reach` the tokens (first in, last out) in which its other words may stand.
    """

    scene: Scene
    event: EventWord
    trigger: Trigger
    tense: Tense
    clause: Clause
    reach: tuple[int, int]
    lexicon: Lexicon
    memory: Memory


def reach_of(scene: Scene, event: EventWord) -> tuple[int, int]:
    """The tokens in which the words of an event may stand: its clause, with the relative and plain sub-clauses that hang on it."""
    clause = scene.clause_at(event.first)
    end = clause.end
    for later in scene.clauses:
        if later.start < end or later.start >= len(scene.words):
            continue
        if later.kind in ("main", "and", "result", "after"):
            break
        has_event = any(later.start <= e.first < later.end and not e.readings[0][0].aim for e in scene.events)
        if later.start != end or has_event or (later.kind == "relative" and later.start - event.last > 8):
            break
        end = later.end
    return clause.start, end
