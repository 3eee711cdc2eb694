"""Tolls: how many were killed or injured, who they were, and what only counts a part of them."""

from collections.abc import Iterator, Sequence

from waqai.coding.draft import Toll
from waqai.coding.scene import PersonWord, Scene
from waqai.knowledge.events import Events
from waqai.model.mention import Mention, Quantity

NOT_PEOPLE = frozenset({"ordinal", "date?", "time?", "year?", "name?"})
LISTED = {"killed": ("killed_verbs", "killed_nouns"), "injured": ("injured_verbs", "injured_nouns")}


def find_tolls(scene: Scene, events: Events) -> tuple[Toll, ...]:
    """The tolls of a sentence, in order; parts ("بينهم 3 أطفال") are left out, and what is counted together is added."""
    if scene.found("tolls.long", 0, len(scene.words)):
        return ()
    raw = sorted([*_counted(scene, events), *_single(scene, events)], key=lambda pair: pair[0].first)
    return tuple(_added(scene, raw))


def _counted(scene: Scene, events: Events) -> Iterator[tuple[Toll, bool]]:
    previous: Toll | None = None
    part_until = -1
    for m in scene.numbers:
        if m.value.unit in NOT_PEOPLE:
            continue
        person = _person_after(scene, m)
        if person is None and not _bare(scene, m, previous):
            continue
        part = scene.found("tolls.part", max(m.first - 3, 0), m.first)
        chained = (
            part_until >= 0 and m.first - part_until <= 4 and (m.prefix.startswith("و") or m.first - part_until <= 2)
        )
        outcome = _outcome(scene, m, person, events)
        fresh = outcome is not None and outcome[1] > part_until
        if part is not None or (chained and not fresh):
            part_until = person.last if person else m.last
            continue
        anded = m.prefix.startswith("و") or (m.first > 0 and scene.words[m.first - 1] == "و")
        joined = previous is not None and anded and m.first - previous.last <= 2
        if outcome is None and joined and previous is not None:
            outcome = (previous.outcome, previous.first)
        if outcome is None:
            continue
        part_until = -1
        if scene.found("tolls.spread", m.last, m.last + 9):
            continue
        toll = _toll(scene, m, person, outcome[0], events)
        yield toll, bool(joined and previous and previous.outcome == outcome[0] and outcome[1] <= previous.first)
        if outcome[0] == "both":
            previous = None
            continue
        previous = toll


def _person_after(scene: Scene, m: Mention[Quantity]) -> PersonWord | None:
    """The noun counted by a number: the number's own word (a dual), or the next one within two tokens."""
    for person in scene.people:
        if person.first <= m.first < person.last or (m.last <= person.first <= m.last + 1):
            if m.value.unit is not None and m.value.unit != person.noun.id:
                return None
            return person if not person.noun.group else None
    return None


def _bare(scene: Scene, m: Mention[Quantity], previous: Toll | None) -> bool:
    """A number without a noun counts people after "إلى" in a rising toll, or as "others", or right after a killing word."""
    following = scene.words[m.last] if m.last < len(scene.words) else ""
    if following in ("اخرين", "اخرون", "اخر", "منهم") or m.value.unit == "other":
        return True
    if any(scene.ends_at(f"tolls.{o}_verbs", m.first) for o in LISTED) and m.value.unit is None:
        return following not in ("في", "من", "")
    return m.value.unit is None and m.first > 0 and scene.words[m.first - 1] in ("مقتل", "اصابه", "الي", "العشرات")


def _outcome(scene: Scene, m: Mention[Quantity], person: PersonWord | None, events: Events) -> tuple[str, int] | None:
    """(killed | injured | both, token of the word that says so), or None when nothing says so."""
    if person is not None and person.noun.outcome is not None:
        return person.noun.outcome, person.first
    nearest: tuple[str, int] | None = None
    for outcome, lists in LISTED.items():
        for name in lists:
            for i in range(max(m.first - 7, 0), m.first):
                last = scene.at(f"tolls.{name}", i)
                if last is None or any(w in scene.small["contrast"] for w in scene.words[last : m.first]):
                    continue
                if nearest is None or i > nearest[1]:
                    nearest = (outcome, i)
    if nearest is not None and (nearest[1] >= m.first - 4 or _clear(scene, nearest[1], m.first)):
        return nearest
    start = person.last if person else m.last
    for i in range(start, min(start + 6, len(scene.words))):
        if scene.words[i] in ("،", "فيما", "بينما", "حين", "و"):
            break
        for outcome in LISTED:
            if scene.at(f"tolls.{outcome}_verbs", i) is not None and scene.words[i][:1] != "و":
                return outcome, i
        if scene.at("tolls.death_words", i):
            return "killed", i
    if scene.found("tolls.total", max(m.first - 8, 0), m.first):
        return "killed", m.first
    return nearest


def _clear(scene: Scene, start: int, end: int) -> bool:
    return not any(p.first > start and p.last <= end for p in scene.people)


def _toll(scene: Scene, m: Mention[Quantity], person: PersonWord | None, outcome: str, events: Events) -> Toll:
    last = person.last if person else m.last
    first = min(m.first, person.first) if person else m.first
    low, high = int(m.value.low), None if m.value.high is None else int(m.value.high)
    following = scene.words[last : last + 2]
    if following[:2] == ("علي", "الاقل") and high is not None:
        high = None
    rises = (
        m.first > 0
        and scene.words[m.first - 1] == "الي"
        and bool(scene.found("tolls.total", max(m.first - 9, 0), m.first))
    )
    return Toll(
        outcome, person.noun.who if person else "unknown", _side(scene, first, last), low, high,
        scene.sentence.number, first, last, scene.sentence.span(first, last), rises,
    )  # fmt: skip


def _side(scene: Scene, first: int, last: int) -> str | None:
    for m in scene.actors:
        if m.first <= last + 2 and m.last > first and m.value.camp not in ("civilians", "unknown"):
            gap = scene.words[last : m.first]
            if all(w in scene.small["of_whose"] for w in gap):
                return m.value.camp
    return None


def _single(scene: Scene, events: Events) -> Iterator[tuple[Toll, bool]]:
    """One person named by a singular noun right after a word of killing or wounding ("مقتل مدني", "أصيب طفل")."""
    counted = {m.first for m in scene.numbers}
    for person in scene.people:
        if (
            (person.noun.number != "singular" and not _one_of(scene, person))
            or person.noun.outcome
            or person.noun.group
            or person.noun.id == "other"
        ):
            continue
        if person.first - 1 in counted or person.first in counted or person.first == 0:
            continue
        first = person.first - 1 if scene.words[person.first - 1] in scene.small["one_of"] else person.first
        if person.last in counted:
            continue
        for outcome in LISTED:
            if any(scene.ends_at(f"tolls.{name}", first) for name in LISTED[outcome]):
                span = scene.sentence.span(person.first, person.last)
                side = _side(scene, person.first, person.last)
                toll = Toll(
                    outcome,
                    person.noun.who,
                    side,
                    1,
                    1,
                    scene.sentence.number,
                    person.first,
                    person.last,
                    span,
                    False,
                    True,
                )
                yield toll, False
                break


def _one_of(scene: Scene, person: PersonWord) -> bool:
    return person.first > 0 and scene.words[person.first - 1] in scene.small["one_of"]


def _added(scene: Scene, raw: Sequence[tuple[Toll, bool]]) -> list[Toll]:
    out: list[Toll] = []
    for toll, joined in raw:
        if joined and out and out[-1].outcome == toll.outcome and not toll.rises:
            last = out[-1]
            high = None if last.high is None or toll.high is None else last.high + toll.high
            who = last.who if last.who == toll.who else "unknown"
            span = scene.sentence.span(last.first, toll.last)
            out[-1] = Toll(
                last.outcome, who, last.side, last.low + toll.low, high, last.sentence, last.first, toll.last, span
            )
        else:
            out.append(toll)
    return out
