"""Where those counted fell, when the words of the count itself say it ("عدد القتلى في أريحا إلى 6", "و4 في بلدة التمانعة")."""

from waqai.coding.draft import Toll
from waqai.coding.merging import near, same_place
from waqai.coding.scene import Scene, preposition
from waqai.model.mention import Mention, Place

WITHIN = 9  # tokens between "the toll of the dead" and its number


def place_of(scene: Scene, toll: Toll) -> Place | None:
    """The town or quarter that a count names as its own: right after it, or between its word and its number."""
    last = _with_next(scene, toll)
    for m in scene.places:
        if last <= m.first <= last + 2 and _in(scene, m, last):
            return m.value
    total = scene.found("tolls.total", max(toll.first - WITHIN, 0), toll.first)
    if total is None:
        return None
    between = [m for m in scene.places if total[1] <= m.first and m.last <= toll.first and _in(scene, m, total[1])]
    return between[-1].value if between else None


def _with_next(scene: Scene, toll: Toll) -> int:
    """The token after the count, and after the number and noun that "and" joins to it ("7 قتلى و18 جريحا في الجوف")."""
    joined = scene.words[toll.last : toll.last + 1] == ("و",)
    at = range(toll.last, toll.last + 2)
    follows = next((n for n in scene.numbers if n.first in at and (joined or n.prefix == "و")), None)
    if follows is None:
        return toll.last
    noun = next((p for p in scene.people if follows.first <= p.first <= follows.last + 1), None)
    return max(follows.last, noun.last) if noun else follows.last


def _in(scene: Scene, m: Mention[Place], start: int) -> bool:
    """Whether "in" leads from a count to a place, and nothing but it stands between."""
    gap = scene.words[start : m.first]
    return preposition(m.prefix) == "ب" or (bool(gap) and gap[-1] in ("في", "ب"))


def fits(place: Place | None, of_event: Place | None) -> bool:
    """Whether those counted at a place may be those of an event; a count without a place fits everywhere."""
    if place is None or of_event is None:
        return True
    return same_place(place, of_event) or near(place, of_event)
