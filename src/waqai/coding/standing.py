"""Standing: where a party stands beside an event word, and in which company of little words.

Everything is told as short facts ("before|same clause|steps=2"), which `choosing.py` weighs.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from waqai.coding.draft import Draft
from waqai.coding.roles import armed, before_quotes, condemns, nominal
from waqai.coding.scene import Scene, preposition
from waqai.model.mention import Actor, Mention, Source

STEPS = (0, 1, 2, 4, 7, 12, 20)  # tokens between a party and an event word, told as the first of these that holds them
FAR = 99
KIN = "did the same before"  # the fact of a party that did another thing of the type in the same sentence, told as "another"
SPEAKING = frozenset({"speaks", "behind sayers"})  # facts of who only says so
BARS = SPEAKING | frozenset(
    {
        "two behind sayers", "behind bystanding", "two behind bystanding", "behind rule_over",
        "behind areas_of", "behind loyal", "behind backed_by", "behind hit", "behind possessions", "behind a verb of suffering",
        "behind against_whom",
    }
)  # fmt: skip
SUBJECT = frozenset(f"before|same clause|{tense}|free=True" for tense in ("past", "present", "future"))
WHOSE = frozenset(
    {
        "on it=ل",
        "behind belonging",
        "behind of_unit",
        "behind from_whom",
        "behind one_of",
        "behind bands",
        "behind units",
    }
)
PLACED = "behind a place"  # the fact of a party between which and the event word a place or target is named
LISTS = (
    "hit", "possessions", "areas_of", "units", "bands", "own_forces", "of_unit", "belonging", "loyal", "of_whose",
    "one_of", "quantities", "from_whom", "against_whom", "rule_over", "backed_by", "bombing", "aircraft", "over",
    "toward", "prepositions", "breaks_genitive", "sayers", "bystanding", "operations", "that", "contrast", "also",
)  # fmt: skip


@dataclass(slots=True)
class Company:
    """The facts about the words right before each party, kept while one article is weighed: every event asks for them.

    `speakers` are the tokens of its sources, by the number of their sentence: whoever says so has seldom done it.
    """

    speakers: frozenset[tuple[int, int]] = frozenset()
    _known: dict[tuple[int, int, int], tuple[str, ...]] = field(default_factory=dict)

    def of(self, scene: Scene, m: Mention[Actor]) -> tuple[str, ...]:
        """The facts of one mention of a sentence."""
        key = (m.sentence, m.first, m.last)
        facts = self._known.get(key)
        if facts is None:
            facts = self._known[key] = tuple(_company(scene, m, (m.sentence, m.first) in self.speakers))
        return facts


def speakers(sources: Iterable[Mention[Source]]) -> frozenset[tuple[int, int]]:
    """The tokens of sources, with the number of their sentence."""
    return frozenset([(m.sentence, token) for m in sources for token in range(m.first, m.last)])


def _company(scene: Scene, m: Mention[Actor], speaks: bool) -> Iterator[str]:
    if speaks:
        yield "speaks"
    letter = preposition(m.prefix)
    if letter:
        yield f"on it={letter}"
    at = before_quotes(scene, m.first)
    if at < 0:
        yield "begins the sentence"
        return
    word, small = scene.words[at], scene.small
    if word == "،":
        yield "behind a comma"
    if any(e.first <= at < e.last for e in scene.events):
        yield "behind an event word"
    carrying = next((s for s in scene.supports if s.first <= at < s.last), None)
    if carrying is not None:
        yield "behind a verb of doing" if "agent" in carrying.roles else "behind a verb of suffering"
    behind = [
        f"behind {name}" for name in LISTS if word in small[name] or (word[1:] in small[name] and word[0] in "وف")
    ]
    if condemns(scene, m):
        behind.append("behind bystanding")
    yield from behind or ["behind another word"]
    if at > 0:
        yield from [f"two behind {name}" for name in LISTS if scene.words[at - 1] in small[name]]
    if m.prefix.startswith("و"):
        yield "with and"


def tied(facts: frozenset[str]) -> bool:
    """Whether the words tie a party to the deed as its doer, by its facts: it did the same right before, it is the subject of its
    verb or of the verb that carries it, or it follows it as whose it is, with no place or target between. To have the place,
    to speak of the deed or to care for its victims is no tie.
    """
    if not facts.isdisjoint(BARS):
        return False
    within = "generic=False|here" in facts and any(f.startswith("in|") for f in facts)
    if within or KIN in facts or "before|same clause|behind a verb of doing" in facts:
        return True
    if "before|same clause" in facts:
        return not facts.isdisjoint(SUBJECT)
    near = "after|same clause|noun" in facts and f"after|same clause|{PLACED}" not in facts
    return near and not facts.isdisjoint(WHOSE)


def in_sentence(scene: Scene, draft: Draft, m: Mention[Actor], company: Company) -> tuple[str, ...]:
    """The facts of a party that the sentence of an event names."""
    before, clause, own = m.last <= draft.first, scene.clause_at(m.first), scene.clause_at(draft.first)
    low, high = (m.last, draft.first) if before else (draft.last, m.first)
    side = "before" if before else "after" if m.first >= draft.last else "in"
    at = f"{side}|{'same' if clause == own else 'other'} clause"
    steps = next((n for n in STEPS if high - low <= n), FAR)
    verb = scene.verb_between(low, high)
    between = sum(armed(o.value) and low <= o.first < high for o in scene.actors)
    cut = own if before else clause
    facts = [
        at, f"{at}|{draft.frame}", f"{at}|{draft.tense}", f"{at}|steps={steps}", f"{at}|{draft.tense}|steps={steps}",
        f"{at}|commas={min(2, scene.words[low:high].count('،'))}", f"{at}|verb between={verb}",
        f"{at}|parties between={min(between, 2)}",
        f"{at}|{draft.frame}|{draft.tense}|verb between={verb}|parties between={min(between, 1)}",
        f"{at}|opened by {cut.opener}", f"{at}|{cut.kind}", f"first of its sentence={m is scene.actors[0]}",
        f"{at}|{draft.tense}|free={nominal(scene, m)}",
    ]  # fmt: skip
    if any(low <= p.first < high for p in scene.places) or _target_between(scene, low, high):
        facts.append(f"{at}|{PLACED}")
    if _verb_at(scene, m.last):
        facts.append(f"{at}|before a verb")
    for fact in company.of(scene, m):
        facts += (fact, f"{at}|{fact}")
    return tuple(facts)


def _target_between(scene: Scene, start: int, end: int) -> bool:
    """Whether words between two tokens say on what ("على رتل"), so that whoever follows has it and did not do it."""
    met = scene.small["against_whom"] | scene.small["hit"] | scene.small["possessions"]
    return any(word in met and word != "ل" for word in scene.words[start:end])


def _verb_at(scene: Scene, token: int) -> bool:
    """Whether a finite verb of an event, or one that carries an event, begins at a token."""
    return any(e.first == token and e.readings[0][1] != "noun" for e in scene.events) or any(
        s.first == token for s in scene.supports
    )


def elsewhere_named(scene: Scene, draft: Draft, m: Mention[Actor], company: Company) -> tuple[str, ...]:
    """The facts of a party that another sentence names than that of the event."""
    apart = m.sentence - draft.sentence
    at = f"sentence {apart:+d}" if abs(apart) == 1 else "title" if scene.sentence.paragraph < 0 else "far off"
    return (
        at, f"{at}|{draft.frame}", f"{at}|definite={draft.definite}", f"{at}|first of its sentence={m is scene.actors[0]}",
        f"{at}|free={nominal(scene, m)}", *(f"{at}|{fact}" for fact in company.of(scene, m)),
    )  # fmt: skip
