"""The words of a sentence that say people were killed or injured."""

from dataclasses import dataclass

from waqai.coding.scene import Scene


@dataclass(frozen=True, slots=True)
class Sign:
    """A word of killing or wounding at tokens `first` to `last`; `death` marks what only ends a phrase (مصرعهم)."""

    first: int
    last: int
    outcome: str
    verb: bool
    death: bool = False


LOST = 8  # tokens between "lost" and "their lives"
LISTS = (
    ("tolls.killed_verbs", "killed", True, False),
    ("tolls.killed_nouns", "killed", False, False),
    ("tolls.injured_verbs", "injured", True, False),
    ("tolls.injured_nouns", "injured", False, False),
    ("tolls.death_words", "killed", False, True),
    ("tolls.lost_lives", "killed", False, True),
)


def tells_of_killing(scene: Scene) -> bool:
    """Whether any word of a sentence says that somebody was killed or died."""
    return any(sign.outcome == "killed" for sign in signs_of(scene))


def signs_of(scene: Scene) -> tuple[Sign, ...]:
    """Every word of killing or wounding in a sentence, in order, the longest at each token."""
    found: dict[int, Sign] = {}
    for name, outcome, verb, death in LISTS:
        for first, last in scene.marks.get(name, {}).items():
            if name == "tolls.lost_lives" and not scene.found("tolls.lost", max(first - LOST, 0), first):
                continue
            held = found.get(first)
            if held is None or held.last < last:
                found[first] = Sign(first, last, outcome, verb, death)
    return tuple(found[first] for first in sorted(found))
