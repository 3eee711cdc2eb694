"""Understood: the subject that a verb or a masdar leaves unsaid, and whom its sentence or one before it named."""

from waqai.coding.draft import Memory
from waqai.coding.roles import another_named, armed, going_on, named, nominal, with_left_fellows
from waqai.coding.scene import EventWord, Scene, SupportWord, preposition
from waqai.coding.telling import Telling
from waqai.model.quick import replace
from waqai.model.report import NamedActor

INHERITS = ("take", "leave", "move", "seize", "form")


def understood(telling: Telling) -> tuple[NamedActor, ...]:
    """The subject of a verb that names none: the last free armed party of its sentence, or the last agent before it.

    A verb right before a place or "the town" is read as a passive (قُصفت البلدة), unless "and" or "that it" leads it on.
    """
    scene, event, trigger, memory = telling.scene, telling.event, telling.trigger, telling.memory
    words, first = scene.words, event.first
    previous = words[first - 1] if first else ""
    led_on = (
        event.prefix[:1] in ("و", "ف") or previous in scene.small["that_they"] or previous in ("و", "ثم", "قد", "كما")
    )
    passive = any(p.first == event.last for p in scene.places)
    passive = passive or (words[event.last : event.last + 1] != () and words[event.last] in scene.small["the_town"])
    if passive and not led_on and trigger.frame not in ("take", "leave"):
        return ()
    if _by_its_forces(scene, event, memory):
        return tuple(replace(a, span=None) for a in memory.agent)
    if not _drops_its_subject(scene, event):
        return ()
    before = [m for m in scene.actors if m.last <= first and armed(m.value)]
    free = [m for m in before if nominal(scene, m)] or (before if previous in scene.small["that_they"] else [])
    free = going_on(scene, free, first)
    if free and another_named(scene, free[-1].last, first):
        return ()
    if free:
        return named(with_left_fellows(scene, free[-1], before))
    near = scene.sentence.number - memory.agent_sentence <= 2
    if near and (trigger.frame in INHERITS or led_on or first <= 1):
        return tuple(replace(a, span=None) for a in memory.agent)
    return ()


def _by_its_forces(scene: Scene, event: EventWord, memory: Memory) -> bool:
    """Whether "its guns" of a sentence that names no party are of who acted in the one before ("ودكت مدفعيتها تحصينات")."""
    own = scene.words[event.last : event.last + 1] != () and scene.words[event.last] in scene.small["own_forces"]
    before = any(m.last <= event.first and armed(m.value) for m in scene.actors)
    return own and not before and scene.sentence.number - memory.agent_sentence == 1


def of_its_attack(scene: Scene, event: EventWord) -> tuple[NamedActor, ...]:
    """The last free party, whom the pronoun of a deed with an object behind it means ("مجزرة للطائرة إثر استهدافها فرنا")."""
    following = scene.words[event.last] if event.last < len(scene.words) else ""
    if len(following) < 4 or not following.endswith("ا") or following in scene.small["prepositions"]:
        return ()
    before = [m for m in scene.actors if m.last <= event.first and armed(m.value) and nominal(scene, m)]
    return named(with_left_fellows(scene, before[-1], before)) if before else ()


def owner(scene: Scene, event: EventWord, memory: Memory) -> tuple[NamedActor, ...]:
    """Whom the pronoun of a taking or leaving means ("بعد سيطرته عليها"): the last free party, or the last agent before."""
    following = scene.words[event.last] if event.last < len(scene.words) else ""
    if following not in scene.small["over_it"] and following not in scene.small["prepositions"]:
        return ()
    before = [m for m in scene.actors if m.last <= event.first and armed(m.value) and nominal(scene, m)]
    if before:
        return named(with_left_fellows(scene, before[-1], before))
    near = scene.sentence.number - memory.agent_sentence <= 2
    return tuple(replace(a, span=None) for a in memory.agent) if near else ()


def carried_on(scene: Scene, support: SupportWord, memory: Memory) -> tuple[NamedActor, ...]:
    """The last agent before, for a carrying verb that drops its subject ("كما تمكنت من استعادة", "وشنت هجوما")."""
    if scene.sentence.number - memory.agent_sentence > 2 or support.first > 2 or support.last >= len(scene.words):
        return ()
    dropped = scene.words[support.last] in scene.small["after_dropped"] or any(
        e.first == support.last for e in scene.events
    )
    return tuple(replace(a, span=None) for a in memory.agent) if dropped else ()


def _drops_its_subject(scene: Scene, event: EventWord) -> bool:
    """Whether no noun of its own follows the verb as its subject: a preposition, place, date or clause end does."""
    if event.last >= len(scene.words) or scene.words[event.last - 1].endswith(("وا", "ون")):
        return True
    word = scene.words[event.last]
    if event.first and scene.words[event.first - 1] in scene.small["as_it"] and word.endswith(("هم", "ها", "هما")):
        return True  # "قتلتهم الطائرة حين أصابت سيارتهم"
    if any(m.first <= event.last < m.last for m in (*scene.places, *scene.dates)):
        return True
    if accusative(scene, event):
        return True
    if any(e.first == event.last and e.readings[0][0] is event.readings[0][0] for e in scene.events):
        return True  # "واستعاد السيطرة على الحقل"
    if event.prefix[:1] == "و" and _looted(scene, event):
        return True
    led_on = event.prefix[:1] in ("و", "ف") and event.readings[0][0].frame == "seize"
    objects = {n.first for n in scene.numbers} | {p.first for p in scene.people}
    if led_on and event.last in objects:
        return True
    return (
        word in scene.small["after_dropped"]
        or word[:2] in ("با", "بم", "بق", "بس", "بص")
        or not word.isalpha()
        or preposition(word[:1]) == "ل"
    )


def _looted(scene: Scene, event: EventWord) -> bool:
    """Whether what stands behind a verb of looting is a thing, and so its object ("ونهبت الدكاكين", "وهدم منزلين")."""
    trigger, word = event.readings[0][0], scene.words[event.last]
    if trigger.type != "Looting/property destruction" or any(m.first == event.last for m in scene.actors):
        return False
    return word.startswith("ال") or (len(word) > 3 and word.endswith(("ين", "ا"))) or word in scene.small["goods"]


def accusative(scene: Scene, event: EventWord) -> bool:
    """Whether the word right after a verb is written as its object ("عددا", "مواطنا")."""
    word = scene.words[event.last] if event.last < len(scene.words) else ""
    person = any(p.first == event.last for p in scene.people)
    return len(word) > 3 and word.endswith("ا") and (person or word in scene.small["quantities"])
