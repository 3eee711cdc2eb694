"""Drafting: from the event words of one sentence to drafts of events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from waqai.arabic.inflection import Tense
from waqai.coding import manner, settings, timing
from waqai.coding.draft import Draft, Memory, Toll
from waqai.coding.roles import (
    Roles,
    armed,
    marked_agent,
    named,
    nominal,
    parties_of_clash,
    parties_to_agreement,
    roles_of_noun,
    subject_of_verb,
    with_fellows,
    with_left_fellows,
)
from waqai.coding.scene import Clause, EventWord, Scene, preposition, within
from waqai.coding.settings import Setting
from waqai.coding.tolls import find_tolls
from waqai.knowledge.events import Events, Trigger
from waqai.knowledge.targets import TargetKnowledge
from waqai.model.article import Published
from waqai.model.mention import Actor, Mention
from waqai.model.report import NamedActor, Target, Why

AFTER_DROPPED = frozenset(
    "علي في من الي عن مع بعد قبل خلال اثناء عليها عليه فيها منها ايضا كذلك صباح مساء فجر ليلا اليوم امس ثم حتي لاحقا كامل جميع معظم عده بشكل"
    " اجزاء مواقع نقاط مناطق كل بلده مدينه قريه بلدات قري حي احياء منطقه وبلده ومدينه".split()
)
PRONOUNS = frozenset("انها انه انهم انهما بانها بانه بانهم وانها وانه وانهم".split())
INHERITS = ("take", "leave", "move", "seize", "form")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What drafting looks words up in."""

    events: Events
    targets: TargetKnowledge
    civilians: Actor


def draft_sentence(
    scene: Scene, lexicon: Lexicon, memory: Memory, anchor: Published | None
) -> tuple[list[Draft], list[Toll]]:
    """The drafts of a sentence, with their tolls; and the tolls that no event of the sentence takes."""
    drafts: list[Draft] = []
    tolls = find_tolls(scene, lexicon.events)
    for event in _killings_last(scene):
        made = _draft_event(scene, event, lexicon, memory, anchor, tolls, drafts)
        for draft in made:
            memory.tell_agents(draft)
        drafts += made
    drafts.sort(key=lambda d: (d.first, d.listed))
    drafts = [_with_opponent(_with_parties(d, drafts), memory) for d in drafts]
    return _with_tolls(scene, drafts, tolls)


def _with_parties(draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """A clash that names no side, beside one of the same sentence that does, is fought by the same."""
    if draft.frame != "clash" or draft.actor1 or draft.actor2:
        return draft
    known = next((d for d in drafts if d.frame == "clash" and d.actor1 and d.actor2), None)
    return replace(draft, actor1=known.actor1, actor2=known.actor2) if known else draft


def _with_opponent(draft: Draft, memory: Memory) -> Draft:
    """Who a place was taken from, or who stood on the other side of a clash, when the article names only one such party."""
    if not draft.actor1 or draft.actor2 or draft.frame not in ("take", "clash") or not armed(draft.actor1[0].actor):
        return draft
    other = memory.opponent({a.actor.camp for a in draft.actor1})
    if not other:
        return draft
    return replace(
        draft, actor2=other, why=(*draft.why, Why("actor2", "the other side of the fighting in the article"))
    )


def _killings_last(scene: Scene) -> list[EventWord]:
    """Killings are judged after the other events, because beside one they are only its toll."""
    return sorted(
        scene.events,
        key=lambda e: (e.readings[0][0].frame == "kill" or e.readings[0][0].id == "destroy-armour", e.first),
    )


def _reach(scene: Scene, event: EventWord) -> tuple[int, int]:
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


def _fits(scene: Scene, event: EventWord, trigger: Trigger, clause: Clause) -> bool:
    start, end = max(clause.start - 1, event.first - 9), min(clause.end + 2, event.last + 11)
    if trigger.near:
        start, end = event.first - 3, event.last + 5
    if trigger.with_ is not None and not scene.found(trigger.with_, start, end):
        return False
    far = 14 if trigger.frame == "kill" else 6
    near_start, near_end = max(clause.start, event.first - 5), min(clause.end, event.last + far)
    return trigger.without is None or not scene.found(trigger.without, near_start, near_end)


def _draft_event(
    scene: Scene,
    event: EventWord,
    lexicon: Lexicon,
    memory: Memory,
    anchor: Published | None,
    tolls: Sequence[Toll],
    others: Sequence[Draft],
) -> list[Draft]:
    clause = scene.clause_at(event.first)
    for trigger, tense, _ in event.readings:
        if not _fits(scene, event, trigger, clause):
            continue
        if manner.supposed(scene, event, clause, lexicon.events) is not None:
            return []
        if trigger.frame == "take" and _held(scene, event, lexicon.events):
            return []
        if _led_over(scene, event, trigger) or manner.purpose(scene, event, clause, lexicon.events):
            return []
        if (trigger.frame == "kill" or trigger.id == "destroy-armour") and _only_toll(scene, event, trigger, others):
            return []
        made = _make(scene, event, trigger, tense, lexicon, memory, anchor, tolls)
        if made:
            return made
    return []


def _led_over(scene: Scene, event: EventWord, trigger: Trigger) -> bool:
    """Whether the word only leads over to another event: "غارة استهدفت", "استهدفت غارة", "محاولة اقتحام", "شن هجوم … سيطر"."""
    clause = scene.clause_at(event.first)
    if trigger.aim or trigger.id in ("blow-up", "loot"):
        for other in scene.events:
            if other is event or not any(t == "noun" and not r.weak for r, t, _ in other.readings):
                continue
            before = other.last <= event.first and event.first - other.last <= 10 and clause.start <= other.first
            relative = (
                clause.kind == "relative" and 0 <= clause.start - other.last <= 8 and event.first - clause.start <= 2
            )
            after = 0 <= other.first - event.last <= 1 and preposition(other.prefix) != "ب"
            subject = [m for m in scene.actors if other.last <= m.first and m.last <= event.first and nominal(scene, m)]
            if (before or relative) and not [
                m for m in subject if m.rule != "adjective of act" and m.first - other.last > 2
            ]:
                return True
            if after:
                return True
    following = next((e for e in scene.events if e.first >= event.last and e.first - event.last <= 1), None)
    if (
        following is not None
        and event.readings[0][1] == "noun"
        and trigger.id in ("assault", "operation", "take", "advance")
    ):
        gap = scene.words[event.last : following.first]
        return not following.prefix.startswith("و") and "،" not in gap and following.readings[0][1] == "noun"
    return False


def _held(scene: Scene, event: EventWord, events: Events) -> bool:
    """Whether "سيطرة" says who holds a place and not who takes it ("مناطق سيطرة", "الخاضعة لسيطرة")."""
    if event.readings[0][1] != "noun" or event.first == 0:
        return False
    return scene.ends_at("holding", event.first) or event.prefix in ("ل", "لل")


def _only_toll(scene: Scene, event: EventWord, trigger: Trigger, others: Sequence[Draft]) -> bool:
    """Whether a killing, or the loss of a vehicle, is only the outcome of another event of its sentence."""
    if any(o.sentence == scene.sentence.number and o.frame != "kill" and o.type != "Other" for o in others):
        return trigger.id in ("kill", "massacre", "destroy-armour")
    return False


def _make(
    scene: Scene,
    event: EventWord,
    trigger: Trigger,
    tense: Tense,
    lexicon: Lexicon,
    memory: Memory,
    anchor: Published | None,
    tolls: Sequence[Toll],
) -> list[Draft]:
    clause, reach, events = scene.clause_at(event.first), _reach(scene, event), lexicon.events
    roles = _roles(scene, event, trigger, tense, lexicon, memory, reach, tolls)
    typed = manner.exact_type(scene, event, trigger, clause, roles, events)
    if typed is None:
        return []
    mode, mode_words = manner.modality(scene, event, tense, clause, events)
    roles = _turned(scene, event, roles, mode, mode_words, lexicon, memory)
    told = memory.agents_by_type.get(typed[0]) or memory.agents_by_type.get(trigger.id)
    if not roles.agents and event.definite and told is not None:
        number, known = told
        if scene.sentence.number - number <= 6:
            agents = tuple(replace(a, span=None) for a in known)
            roles = replace(roles, agents=agents, agent_rule="who did it where it was told before")
    if mode == "denied" and _denied_by_the_accused(scene, event, roles, mode_words):
        return []
    setting = settings.settle(scene, event, events, memory, reach)
    setting = _inherited(setting, memory, scene, event, trigger)
    if not _needs_met(trigger, roles, setting, tense, scene, clause):
        return []
    date, date_rule = timing.date_of(scene, event, clause)
    history = manner.told_as_history(scene, event, clause, date.date if date else None, anchor, events)
    kind = manner.settled_type(typed[0], trigger, roles.agents, roles.patients, events)
    if trigger.frame == "kill" and trigger.id == "kill" and not _killing_stands(setting, kind):
        return []
    if kind == "Excessive force against protesters" and trigger.frame in ("kill", "attack"):
        people = (NamedActor(lexicon.civilians, None),)
        roles = replace(roles, agents=people, patients=tuple(a for a in roles.agents if armed(a.actor)))
    why = [
        Why("sub_event_type", typed[1], scene.sentence.span(event.first, event.last), _readings(event, trigger)),
        Why("modality", mode_words or "told as happened"),
        Why("background", history or "told as news"),
    ]
    if roles.agents:
        why.append(Why("actor1", roles.agent_rule, roles.agents[0].span))
    if roles.patients:
        why.append(Why("actor2", roles.patient_rule, roles.patients[0].span))
    if date is not None:
        why.append(Why("date", date_rule, date.span))
    base = Draft(
        sentence=scene.sentence.number, paragraph=scene.sentence.paragraph, first=event.first, last=event.last,
        trigger=trigger, frame=trigger.frame, type=kind, tense=tense, modality=mode, background=bool(history),
        definite=event.definite, actor1=roles.agents, actor2=roles.patients, own_place=setting.own, date=date,
        target=_target(scene, event, reach, lexicon.targets), weapon=_weapon(scene, clause, reach, event),
        evidence=_evidence(scene, event, clause, setting, roles), why=tuple(why),
    )  # fmt: skip
    if not setting.places:
        return [base]
    reason = Why("place", setting.rule, setting.places[0].span, setting.considered)
    return [
        replace(base, place=place, listed=number, why=(*why, replace(reason, span=place.span)))
        for number, place in enumerate(setting.places)
    ]


def _killing_stands(setting: Setting, kind: str) -> bool:
    """A bare killing is an event only at a place of its own that is no governorate: else it is a day's toll."""
    if kind != "Attack" and kind != "Armed clash":
        return True
    return setting.own and bool(setting.places) and setting.places[0].place.level not in ("governorate", "country")


def _denied_by_the_accused(scene: Scene, event: EventWord, roles: Roles, words: str) -> bool:
    """Whether a party only denies what it is accused of: the event stands where it is claimed, this sentence tells none."""
    at = next((i for i in range(event.first - 1, -1, -1) if scene.words[i] == words), None)
    if at is None:
        return False
    deniers = [m for m in scene.actors if m.last <= event.first and armed(m.value)]
    if not deniers:
        return False
    accused = {a.actor.camp for a in roles.agents} or {a.value.camp for a in deniers}
    return (
        any(m.value.camp in accused for m in deniers)
        and roles.stated_subject is False
        and event.readings[0][1] == "noun"
    )


def _readings(event: EventWord, trigger: Trigger) -> tuple[str, ...]:
    return tuple(other.id for other, _, _ in event.readings if other is not trigger)


def _roles(
    scene: Scene,
    event: EventWord,
    trigger: Trigger,
    tense: Tense,
    lexicon: Lexicon,
    memory: Memory,
    reach: tuple[int, int],
    tolls: Sequence[Toll],
) -> Roles:
    frame = trigger.frame
    if frame == "clash":
        return _clash(scene, event, lexicon, memory, reach)
    if frame in ("protest", "protesters"):
        return _protest(scene, event, lexicon, reach)
    if frame == "agree":
        return parties_to_agreement(scene, event, lexicon.events)
    if frame == "disrupt":
        return _disruption(scene, event, trigger, tense, lexicon, memory, reach)
    roles = (
        roles_of_noun(scene, event, lexicon.events, reach)
        if tense == "noun"
        else _of_verb(scene, event, trigger, lexicon, memory, reach)
    )
    if frame == "form" and tense == "noun" and "انشقاق" in scene.words[event.first]:
        leavers = [m for m in within(scene.actors, event.last, reach[1]) if m.first - event.last <= 7][:1]
        roles = replace(roles, agents=named(leavers), agent_rule="those who break away") if leavers else roles
    if frame in ("seize", "displaced") and not roles.patients:
        person = next(
            (
                p
                for p in scene.people
                if event.first - 4 <= p.first <= event.last + 6 and p.noun.who != "combatants" and not p.noun.adjective
            ),
            None,
        )
        if person is not None:
            patient = NamedActor(lexicon.civilians, scene.sentence.span(person.first, person.last))
            roles = replace(roles, patients=(patient,), patient_rule="people named")
    if frame == "displaced":
        agents = tuple(a for a in roles.agents if armed(a.actor) and roles.agent_rule == "marked agent")
        return replace(roles, agents=agents, patients=roles.patients or (NamedActor(lexicon.civilians, None),))
    if (
        frame == "blast"
        and roles.agent_rule not in ("marked agent",)
        and not (roles.support and "agent" in roles.support.roles)
    ):
        agents = tuple(a for a in roles.agents if "genitive" not in roles.agent_rule)
        return replace(roles, agents=agents)
    return roles


def _disruption(
    scene: Scene,
    event: EventWord,
    trigger: Trigger,
    tense: Tense,
    lexicon: Lexicon,
    memory: Memory,
    reach: tuple[int, int],
) -> Roles:
    """Who took or shot down a weapon, and whose it was ("صاروخا أطلقه الحوثيون", "شحنة في طريقها إلى")."""
    owner_at = scene.found("launched_by", event.last, reach[1])
    owners = [m for m in within(scene.actors, owner_at[1], reach[1]) if m.first - owner_at[1] <= 2] if owner_at else []
    if tense == "noun":
        roles = roles_of_noun(scene, event, lexicon.events, (reach[0], owner_at[0] if owner_at else reach[1]))
        agents, rule = roles.agents, roles.agent_rule
    else:
        subject, rule = subject_of_verb(scene, event.first, event.last)
        agents = named([m for m in subject if m not in owners]) or _understood(scene, event, trigger, memory)
    taken = {a.actor.id for a in agents}
    if not owners:
        owners = [m for m in within(scene.actors, event.last, reach[1]) if m.value.id not in taken and armed(m.value)][
            :1
        ]
    return Roles(agents, named(owners), rule or "understood from before", "whose weapon it was")


def _of_verb(
    scene: Scene, event: EventWord, trigger: Trigger, lexicon: Lexicon, memory: Memory, reach: tuple[int, int]
) -> Roles:
    marked = marked_agent(scene, event.last, reach[1], lexicon.events)
    subject, rule = subject_of_verb(scene, event.first, event.last)
    if trigger.frame in ("kill", "seize") and subject and not _active(scene, event, subject, trigger, bool(marked)):
        return Roles(named(marked), named(subject), "marked agent" if marked else "", "subject of the passive")
    if trigger.frame in ("attack", "take") and subject and not armed(subject[0].value) and marked:
        return Roles(named(marked), named(subject), "marked agent", "subject of the passive")
    if trigger.frame == "fall":
        keeper = marked or [m for m in within(scene.actors, event.last, reach[1])][:1]
        return Roles(named(keeper), (), "to whom the place fell" if keeper else "")
    if trigger.frame == "blast":
        return Roles(named(marked), (), "marked agent" if marked else "")
    agents, rule = (marked, "marked agent") if marked else (subject, rule)
    right = [m for m in within(scene.actors, event.last, reach[1]) if m not in agents and preposition(m.prefix) != "ب"]
    objects = [m for m in right if not agents or m.value.camp != agents[0].value.camp or m.value.camp == "unknown"]
    patients = with_fellows(scene, objects[0], objects) if objects and objects[0].first - event.last <= 14 else []
    if agents:
        return Roles(named(agents), named(patients), rule, "object of the verb", None, True)
    inherited = _understood(scene, event, trigger, memory)
    return Roles(inherited, named(patients), "understood from before" if inherited else "", "object of the verb")


def _active(scene: Scene, event: EventWord, subject: Sequence[Mention[Actor]], trigger: Trigger, marked: bool) -> bool:
    """Whether قتل and its like are active: an armed subject, and after it someone who suffers it.

    A verb of seizing or executing is active with any armed subject, unless an agent is marked besides.
    """
    if not armed(subject[0].value):
        return False
    if trigger.id != "kill" or subject[0].value.id == "unknown-gunmen":
        return not marked
    return _object_after(scene, max(max(m.last for m in subject), event.last))


def _object_after(scene: Scene, last: int) -> bool:
    window = range(last, last + 4)
    return (
        any(p.first in window for p in scene.people)
        or any(m.first in window and nominal(scene, m) for m in scene.actors)
        or any(m.first in window and nominal_number(scene, m.first) for m in scene.numbers)
    )


def nominal_number(scene: Scene, first: int) -> bool:
    """Whether a number stands free of a preposition (an object, not "في 3 غارات")."""
    return first == 0 or scene.words[first - 1] not in ("في", "من", "الي", "علي", "بعد", "منذ")


def _understood(scene: Scene, event: EventWord, trigger: Trigger, memory: Memory) -> tuple[NamedActor, ...]:
    """The subject of a verb that names none: the last free armed party of its sentence, or the last agent before it.

    A verb right before a place or "the town" is read as a passive (قُصفت البلدة), unless "and" or "that it" leads it on.
    """
    words, first = scene.words, event.first
    previous = words[first - 1] if first else ""
    led_on = event.prefix[:1] in ("و", "ف") or previous in PRONOUNS or previous in ("و", "ثم", "قد")
    passive = any(p.first == event.last for p in scene.places) or words[event.last : event.last + 1] in (
        ("البلده",), ("المدينه",), ("القريه",), ("المنطقه",), ("الحي",), ("المخيم",),
    )  # fmt: skip
    if passive and not led_on and trigger.frame not in ("take", "leave"):
        return ()
    if not _drops_its_subject(scene, event):
        return ()
    before = [m for m in scene.actors if m.last <= first and armed(m.value)]
    free = [m for m in before if nominal(scene, m)] or (before if previous in PRONOUNS else [])
    if free:
        return named(with_left_fellows(scene, free[-1], before))
    near = scene.sentence.number - memory.agent_sentence <= 2
    if near and (trigger.frame in INHERITS or led_on or first <= 1):
        return tuple(replace(a, span=None) for a in memory.agent)
    return ()


def _drops_its_subject(scene: Scene, event: EventWord) -> bool:
    """Whether no noun of its own follows the verb as its subject: a preposition, place, date or clause end does."""
    if event.last >= len(scene.words) or scene.words[event.last - 1].endswith(("وا", "ون")):
        return True
    word = scene.words[event.last]
    if any(m.first <= event.last < m.last for m in (*scene.places, *scene.dates)):
        return True
    return (
        word in AFTER_DROPPED
        or word[:2] in ("با", "بم", "بق", "بس", "بص")
        or not word.isalpha()
        or preposition(word[:1]) == "ل"
    )


def _clash(scene: Scene, event: EventWord, lexicon: Lexicon, memory: Memory, reach: tuple[int, int]) -> Roles:
    roles = parties_of_clash(scene, event, lexicon.events, reach)
    if roles.agents and roles.patients:
        return roles
    near = scene.sentence.number - memory.parties_sentence <= 2
    if not roles.agents and not roles.patients and near:
        first, second = memory.parties
        return Roles(first, second, "parties told before", "parties told before")
    if not roles.agents and not roles.patients:
        first, second = memory.sides()
        rule = "the two sides of the fighting in the article"
        return Roles(first, second, rule, rule) if first and second else roles
    return roles


def _protest(scene: Scene, event: EventWord, lexicon: Lexicon, reach: tuple[int, int]) -> Roles:
    people = NamedActor(lexicon.civilians, scene.sentence.span(event.first, event.last))
    against = [m for m in within(scene.actors, reach[0], reach[1]) if armed(m.value)]
    return Roles((people,), named(against[:1]), "protesters", "who meets the protest")


def _turned(
    scene: Scene, event: EventWord, roles: Roles, mode: str, words: str, lexicon: Lexicon, memory: Memory
) -> Roles:
    """When the one who repelled an attack stands as subject of the repelling, the attacker is the other side."""
    if mode != "attempted" or not words:
        return roles
    at = next((i for i in range(event.first - 1, -1, -1) if scene.words[i] == words), None)
    if at is None or scene.at("modality.repel", at) is None:
        return roles
    defenders, _ = subject_of_verb(scene, at, at + 1)
    attackers = [m for m in within(scene.actors, at, len(scene.words)) if m not in defenders and armed(m.value)]
    camps = {m.value.camp for m in defenders}
    if not defenders:
        return roles
    attackers = [m for m in attackers if m.value.camp not in camps]
    if not attackers:
        other = memory.opponent(camps)
        return Roles(other, named(defenders), "the other side of the fighting" if other else "", "who repelled it")
    return Roles(named(attackers[:1]), named(defenders), "attacker repelled", "who repelled it")


def _inherited(setting: Setting, memory: Memory, scene: Scene, event: EventWord, trigger: Trigger) -> Setting:
    """The place of the event told just before, for an event that names none."""
    if setting.places or setting.vague or memory.event_place is None:
        return setting
    if scene.sentence.number - memory.event_sentence > 3 or (scene.sentence.paragraph < 0) != (
        memory.event_paragraph < 0
    ):
        if memory.event_paragraph >= 0:
            return setting
    return Setting((replace(memory.event_place, span=None),), "place of the event told before", False)


def _needs_met(trigger: Trigger, roles: Roles, setting: Setting, tense: Tense, scene: Scene, clause: Clause) -> bool:
    fighting = any(armed(a.actor) for a in (*roles.agents, *roles.patients))
    checks = {
        "place": bool(setting.places) and (setting.own or trigger.frame in ("take", "leave", "displaced", "other")),
        "agent": bool(roles.agents),
        "armed": fighting,
        "parties": bool(roles.agents and roles.patients),
        "place-or-parties": setting.own or bool(roles.agents and roles.patients),
        "armed-or-place": fighting or setting.own,
    }
    if not all(checks[need] for need in trigger.needs):
        return False
    if trigger.frame == "take" and tense == "present" and not _headline(scene):
        return clause.kind in ("main", "and") and not holds(scene, clause)
    if trigger.frame == "take" and tense == "noun" and not roles.agents:
        return setting.own
    if setting.places and all(p.place.level == "country" for p in setting.places):
        return trigger.frame in ("move", "agree", "form") and bool(roles.agents)
    return True


def holds(scene: Scene, clause: Clause) -> bool:
    """Whether "يسيطر" stands in a clause: outside headlines its present tells who holds a place."""
    return any("سيطر" in word for word in scene.words[clause.start : clause.end])


def _headline(scene: Scene) -> bool:
    return scene.sentence.paragraph < 0 or scene.sentence.number == 0


def _target(scene: Scene, event: EventWord, reach: tuple[int, int], targets: TargetKnowledge) -> Target | None:
    for i in range(max(reach[0], event.first - 6), reach[1]):
        match = targets.phrases.at(scene.words, i)
        if match is not None:
            return Target(match.entry, scene.sentence.span(i, match.last))
    return None


def _weapon(scene: Scene, clause: Clause, reach: tuple[int, int], event: EventWord) -> str | None:
    near = [w for w in scene.weapons if clause.start <= w.first < reach[1]]
    return min(near, key=lambda w: abs(w.first - event.first)).value.code if near else None


def _evidence(scene: Scene, event: EventWord, clause: Clause, setting: Setting, roles: Roles) -> tuple[int, int]:
    """The words that prove it: from the event word to the place and the agent, where these stand near in the sentence."""
    first, last = event.first, event.last
    spans = [m for m in scene.places if setting.places and m.span == setting.places[0].span]
    spans_actors = [m for m in scene.actors if any(m.span == a.span for a in roles.agents)]
    for m in (*spans, *spans_actors):
        if event.first - 10 <= m.first and m.last <= event.last + 14:
            first, last = min(first, m.first), max(last, m.last)
    if roles.support is not None and event.first - roles.support.first <= 8 and roles.support.first < event.first:
        first = min(first, roles.support.first)
    return first, max(last, min(event.last + 3, clause.end) if last == event.last else last)


def _with_tolls(scene: Scene, drafts: list[Draft], tolls: Sequence[Toll]) -> tuple[list[Draft], list[Toll]]:
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
    apart = any(a == "،" and b.startswith("و") for a, b in zip(gap, gap[1:], strict=False)) and draft.first > toll.last
    return (30 if after_and or apart else 8 if other_clause else 0) + (6 if draft.background else 0) + max(
        distance, 0
    ), draft.first
