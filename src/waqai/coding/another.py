"""Another: the words that set an event apart from those told before ("غارة أخرى", "كما قصفت", "في هجوم منفصل")."""

from waqai.coding.scene import Clause, EventWord, Scene

OPENING = 8  # tokens at the beginning of a sentence in which it may say that it turns to something else


def told_as_another(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether a sentence says that the event at an event word is not one of those told before it."""
    if scene.found("another.after", event.last, min(event.last + 4, clause.end)):
        return True
    if scene.found("another.also", max(clause.start, event.first - 2), min(event.last + 2, clause.end)):
        return True
    return clause.start <= OPENING and scene.found("another.openers", 0, OPENING) is not None
