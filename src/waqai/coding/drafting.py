"""Drafting: from the event words of one sentence to drafts of events."""

from collections.abc import Iterable, Iterator, Sequence

from waqai.arabic.letters import fold
from waqai.coding import manner, settings, timing
from waqai.coding.another import told_as_another
from waqai.coding.attaching import with_opponent, with_parties, with_tolls
from waqai.coding.conditions import (
    by_means_of,
    fits,
    held,
    in_part,
    killing_stands,
    leads_over,
    needs_met,
    only_named,
    only_outcome,
    retold,
    sounds_of,
    told_already,
)
from waqai.coding.draft import BOMBING, TOLD_WHERE, Draft, Lexicon, Memory, Toll
from waqai.coding.kinds import Met, bloodless, foiled, from_the_air, moved_to, of_its_kind, stopped
from waqai.coding.parties import denied_by_the_accused, parties_of, turned
from waqai.coding.roles import Roles, armed
from waqai.coding.scene import Clause, EventWord, Scene
from waqai.coding.settings import Setting
from waqai.coding.telling import Telling, reach_of
from waqai.coding.tolls import find_tolls
from waqai.coding.tolls_signs import tells_of_killing
from waqai.knowledge.events import Trigger
from waqai.knowledge.targets import TargetKnowledge
from waqai.model.article import Published
from waqai.model.mention import Actor, Mention, Place
from waqai.model.quick import replace
from waqai.model.report import NamedActor, NamedDate, NamedPlace, Target, Why

PROOF = 3  # tokens after an event word that belong to its words where neither party nor place stands near
TOLD_BEFORE = 6  # sentences back to which "the bombing" may point


def draft_sentence(
    scene: Scene, lexicon: Lexicon, memory: Memory, anchor: Published | None
) -> tuple[list[Draft], list[Toll]]:
    """The drafts of a sentence, with their tolls; and the tolls that no event of the sentence takes."""
    drafts: list[Draft] = []
    tolls = find_tolls(scene)
    for event in _killings_last(scene):
        made = _draft_event(_tellings(scene, event, lexicon, memory), anchor, drafts)
        made = [
            _as_beside(scene, draft, drafts, lexicon.civilians) for draft in made if not _same_killing(draft, drafts)
        ]
        for draft in made:
            memory.tell_agents(draft)
        drafts += made
    drafts.sort(key=lambda d: (d.first, d.listed))
    drafts = [with_opponent(with_parties(scene, d, drafts), memory, scene) for d in drafts]
    drafts, left = with_tolls(scene, _raids(scene, drafts), tolls)
    return _on_people(scene, bloodless(drafts), lexicon), left


def _raids(scene: Scene, drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts without the storming of a quarter by a state's forces that only led to arrests ("اقتحم الأمن الحي واعتقل عشرات")."""
    fought = any(d.frame == "kill" for d in drafts) or any(w.value.code == "tank" for w in scene.weapons)
    arrests = (
        []
        if fought or tells_of_killing(scene)
        else [d for d in drafts if d.type == "Arrests" and d.modality == "happened"]
    )
    return [d for d in drafts if not (_bare_storm(d) and any(_one_doer(d, a) for a in arrests))]


def _bare_storm(draft: Draft) -> bool:
    by_state = bool(draft.actor1) and all(a.actor.kind == "state forces" for a in draft.actor1)
    return draft.trigger.id == "storm" and by_state and not draft.actor2


def _one_doer(storm: Draft, arrest: Draft) -> bool:
    camps = [{a.actor.camp for a in d.actor1} for d in (storm, arrest)]
    return storm.first < arrest.first and storm.sentence == arrest.sentence and (not all(camps) or camps[0] == camps[1])


def _same_killing(draft: Draft, others: Sequence[Draft]) -> bool:
    """Whether a killing or wounding only goes on with one told at its place in its sentence ("قتل اثنان وجرح ثالث")."""
    return draft.trigger.outcome and any(
        o.frame == "kill" == draft.frame and o.sentence == draft.sentence and o.place == draft.place for o in others
    )


def _as_beside(scene: Scene, draft: Draft, others: Sequence[Draft], people: Actor) -> Draft:
    """A killing that "also" sets beside one of protesters is of that kind; who did it, the words do not say."""
    beside = [o for o in others if o.sentence == draft.sentence and o.type == "Excessive force against protesters"]
    bare = draft.frame == "kill" and draft.trigger.outcome and draft.type == "Attack" and not draft.actor1
    civil = all(a.actor.camp == "civilians" for a in draft.actor2)
    if not (bare and civil and beside and scene.clause_at(draft.first).opener in scene.small["also"]):
        return draft
    why = Why("sub_event_type", "set beside the killing of protesters")
    return replace(draft, type=beside[-1].type, actor1=(NamedActor(people, None),), actor2=(), why=(*draft.why, why))


def _on_people(scene: Scene, drafts: Sequence[Draft], lexicon: Lexicon) -> list[Draft]:
    """An assault that names no enemy and kills civilians, or "persons" in a village, is an attack on them; shots at them in its
    sentence are part of it."""
    shots = [d for d in drafts if d.type == "Attack" and d.trigger.id in ("shoot", "fire-on") and d.actor2]
    out = []
    for draft in drafts:
        bare = draft.type == "Armed clash" and draft.trigger.assault and draft.actor1 and not draft.actor2
        hit = {t.who for t in draft.tolls if t.outcome == "killed"}
        if bare and any(_alike(draft, s) for s in shots):
            continue
        if draft.type == "Attack" and draft.trigger.outcome and not draft.actor2 and hit == {"combatants"}:
            why = Why("sub_event_type", "those it killed were armed", draft.tolls[0].span)
            draft = replace(draft, type="Armed clash", why=(*draft.why, why))
        if bare and (hit == {"civilians"} or (hit == {"unknown"} and _in_village(scene, draft))):
            people = (NamedActor(lexicon.civilians, None),)
            why = Why("sub_event_type", "those it killed are civilians", draft.tolls[0].span)
            draft = replace(draft, type="Attack", actor2=people, why=(*draft.why, why))
        out.append(draft)
    return out


def _in_village(scene: Scene, draft: Draft) -> bool:
    """Whether persons were killed in an assault on a village ("23 شخصا قتلوا في هجوم على قرية")."""
    told = scene.small["persons_killed"]
    counted = [t for t in draft.tolls if t.outcome == "killed" and t.sentence == draft.sentence]
    persons = bool(counted) and all(not told.isdisjoint(scene.words[t.first : t.last + 1]) for t in counted)
    where = draft.place.span if draft.place is not None else None
    at = next((m.first for m in scene.places if m.span == where and m.first >= draft.last), None)
    villages = scene.small["villages"]
    return persons and at is not None and not villages.isdisjoint(scene.words[max(0, at - 2) : at + 1])


def _alike(draft: Draft, other: Draft) -> bool:
    same = {a.actor.id for a in draft.actor1} == {a.actor.id for a in other.actor1}
    return same and draft.place is not None and other.place is not None and draft.place.place == other.place.place


def _killings_last(scene: Scene) -> list[EventWord]:
    """Killings are judged after the other events, because beside one they are only its toll."""
    return sorted(
        scene.events,
        key=lambda e: (e.readings[0][0].frame == "kill" or e.readings[0][0].outcome, e.first),
    )


def _tellings(scene: Scene, event: EventWord, lexicon: Lexicon, memory: Memory) -> Iterator[Telling]:
    """Each reading of an event word, in the order to be tried."""
    clause, reach = scene.clause_at(event.first), reach_of(scene, event)
    for trigger, tense, _ in event.readings:
        yield Telling(scene, event, trigger, tense, clause, reach, lexicon, memory)


def _draft_event(tellings: Iterable[Telling], anchor: Published | None, others: Sequence[Draft]) -> list[Draft]:
    """The drafts of the first reading that fits; none where that reading tells no event of its own."""
    for telling in tellings:
        scene, event, trigger, clause = telling.scene, telling.event, telling.trigger, telling.clause
        if not fits(scene, event, trigger, clause) or by_means_of(scene, event, trigger):
            continue
        if _not_its_own(telling, others):
            return []
        made = _make(telling, anchor)
        if made:
            return made
    return []


def _not_its_own(telling: Telling, others: Sequence[Draft]) -> bool:
    """Whether an event word tells none: supposed, told already, the outcome or a part of another, or what one was for."""
    scene, event, trigger, clause = telling.scene, telling.event, telling.trigger, telling.clause
    return (
        manner.supposed(scene, event, clause) is not None
        or (trigger.frame == "take" and held(scene, event))
        or retold(scene, event, clause)
        or told_already(scene, event, trigger, clause, others)
        or leads_over(scene, event, trigger)
        or sounds_of(scene, event, trigger)
        or manner.purpose(scene, event, clause)
        or in_part(scene, event, trigger, others)
        or (trigger.outcome and only_outcome(scene, event, others))
    )


def _make(telling: Telling, anchor: Published | None) -> list[Draft]:
    scene, event, trigger, tense = telling.scene, telling.event, telling.trigger, telling.tense
    clause, reach = telling.clause, telling.reach
    lexicon, memory, events = telling.lexicon, telling.memory, telling.lexicon.events
    roles = parties_of(telling)
    roles = _own_forces(_not_itself(roles, trigger), trigger)
    typed = manner.exact_type(scene, event, trigger, clause, roles, events)
    if typed is None:
        return []
    mode, mode_at = manner.modality(scene, event, tense, clause)
    if mode == "happened" and roles.support is not None and roles.support.tense == "future":
        mode, mode_at = "planned", roles.support.first
    roles = turned(telling, roles, mode, mode_at)
    roles = _as_told_before(scene, event, roles, typed[0], memory)
    if mode == "denied" and denied_by_the_accused(scene, event, roles, memory):
        return []
    setting = settings.settle(scene, event, memory, reach)
    setting = _inherited(setting, memory, scene)
    if not needs_met(trigger, roles, setting, tense, scene, event):
        return []
    if mode == "happened" and not roles.agents and only_named(scene, trigger, event, setting):
        return []
    date, date_rule = _date_of(scene, event, clause, memory)
    history = manner.told_as_history(scene, event, clause, date.date if date else None, anchor)
    kind = manner.settled_type(typed[0], trigger, roles.agents, roles.patients, events)
    if trigger.frame == "kill" and trigger.outcome and not killing_stands(setting, kind):
        return []
    kind, mode, roles = foiled(scene, event, kind, mode, mode_at, roles)
    kind, roles = stopped(scene, event, kind, roles)
    kind = moved_to(scene, event, kind, setting.places[0] if setting.own and setting.places else None)
    weapon, target = _weapon(scene, clause, reach, event), _target(scene, event, reach, lexicon.targets)
    met = Met(weapon, target, setting.places[:1], anchor.day if anchor is not None else None)
    kind = from_the_air(kind, trigger, roles, met, lexicon, memory.bombed_lately(scene.sentence.number))
    roles = of_its_kind(kind, trigger, roles, met, lexicon)
    places = setting.places or (None,)
    if trigger.frame == "agree" or trigger.id == "operation":
        places = places[:1]  # one deal, one campaign for all the places it names
    why = (
        Why("sub_event_type", typed[1], scene.sentence.span(event.first, event.last), _readings(event, trigger)),
        Why("modality", "told as happened" if mode_at is None else scene.words[mode_at]),
        Why("background", history or "told as news"),
        *_reasons(roles, date, date_rule),
    )
    base = Draft(
        sentence=scene.sentence.number, paragraph=scene.sentence.paragraph, first=event.first, last=event.last,
        trigger=trigger, frame=trigger.frame, type=kind, tense=tense, modality=mode, background=bool(history),
        definite=event.definite, actor1=roles.agents, actor2=roles.patients, own_place=setting.own, date=date,
        target=target, weapon=weapon,
        evidence=_evidence(scene, event, clause, places[0], roles),
        place=places[0], why=(*why, *_placed(setting, places[0])),
        of_list=len(places) > 1, another=told_as_another(scene, event, clause),
    )  # fmt: skip
    return [base, *(_listed(scene, event, base, n, p, setting, roles) for n, p in enumerate(places[1:], 1))]


def _date_of(scene: Scene, event: EventWord, clause: Clause, memory: Memory) -> tuple[NamedDate | None, str]:
    """The date that the sentence gives the event, else the day that heads its lines."""
    date, rule = timing.date_of(scene, event, clause)
    if date is None and memory.day is not None and scene.sentence.paragraph > 0:
        return memory.day, "day that heads the lines"
    return date, rule


def _listed(
    scene: Scene, event: EventWord, base: Draft, number: int, place: NamedPlace | None, setting: Setting, roles: Roles
) -> Draft:
    """The same event at a later place of its list, proved by the words up to that place."""
    evidence = _evidence(scene, event, scene.clause_at(event.first), place, roles)
    why = (*(w for w in base.why if w.field != "place"), *_placed(setting, place))
    return replace(base, place=place, listed=number, evidence=evidence, why=why)


def _placed(setting: Setting, place: NamedPlace | None) -> tuple[Why, ...]:
    return (Why("place", setting.rule, place.span, setting.considered),) if place is not None else ()


def _not_itself(roles: Roles, trigger: Trigger) -> Roles:
    """Nobody attacks himself: of one actor on both sides only the sufferer is kept; clashes and deals may have him twice."""
    if trigger.frame in ("clash", "agree", "protest", "protesters"):
        return roles
    if trigger.frame == "take" and roles.agents:  # nobody takes a place from himself: who took it is better known
        own = {a.actor.id for a in roles.agents}
        roles = replace(roles, patients=tuple([p for p in roles.patients if p.actor.id not in own]))
    hit = {p.actor.id for p in roles.patients}
    side = {p.actor.camp for p in roles.patients} - {"unknown"}
    agents = tuple(
        a for a in roles.agents if a.actor.id not in hit and not (a.span is None and a.actor.camp in side)
    )  # whoever is only understood does not fight his own side
    return roles if len(agents) == len(roles.agents) else replace(roles, agents=agents)


def _own_forces(roles: Roles, trigger: Trigger) -> Roles:
    """Whose forces move is who moves them ("دخل رتل تركي"), and they are not moved against himself."""
    if trigger.owned and not roles.agents and roles.patients:
        roles = replace(roles, agents=roles.patients[:1], agent_rule="whose forces they are")
    if not trigger.owned:
        return roles
    own = {a.actor.camp for a in roles.agents}
    return replace(roles, patients=tuple([p for p in roles.patients if p.actor.camp not in own]))


def _as_told_before(scene: Scene, event: EventWord, roles: Roles, kind: str, memory: Memory) -> Roles:
    """A bombing told with the article ("القصف") takes its authors from the bombing told a few sentences before.

    So does one without it where the article has told of one party alone that bombs, and this sentence names no other.
    """
    if roles.agents:
        return roles
    trigger, number = event.readings[0][0], scene.sentence.number
    told = memory.agents_by_type.get(kind) or memory.agents_by_type.get(trigger.id)
    both = memory.who_bombed(number, TOLD_BEFORE) if kind in BOMBING else ()
    if both and trigger.id == "shelling":
        told = number, both
    if told is None or number - told[0] > TOLD_BEFORE:
        return roles
    others = scene.sentence.paragraph < 0 or any(armed(m.value) for m in scene.actors)
    more = (told[0] == number and _counts_more(scene, event)) or _like_those_before(scene, event)
    if not event.definite and not more and (len(both) != 1 or others or trigger.id == "rocket-fall"):
        return roles
    agents = tuple(NamedActor(agent.actor, None) for agent in told[1])
    return replace(roles, agents=agents, agent_rule=TOLD_WHERE)


def _counts_more(scene: Scene, event: EventWord) -> bool:
    """Whether an event noun only goes on with the one before it ("شنت 8 غارات على صرواح وأربع غارات على رحبة")."""
    before = [e for e in scene.events if e.last <= event.first and e.readings[0][1] == "noun"]
    same = bool(before) and before[-1].readings[0][0] is event.readings[0][0] and event.readings[0][1] == "noun"
    count = next((n for n in scene.numbers if n.last == event.first), None)
    joined = event.prefix.startswith("و") or (
        count is not None and (scene.words[count.first][0] == "و" or scene.words[count.first - 1] == "و")
    )
    return same and joined and not _another_deed(scene, before[-1], event)


def _another_deed(scene: Scene, before: EventWord, event: EventWord) -> bool:
    """Whether a verb between two event nouns tells more than what the first hit or came to ("ضربات استهدفت وحدات ودمرت جسرا")."""
    between = [e for e in scene.events if before.last <= e.first < event.first and e.readings[0][1] != "noun"]
    kinds = [e.readings[0][0] for e in between]
    own = any(not (kind.aim or kind.outcome or kind.type == event.readings[0][0].type) for kind in kinds)
    return own or any(before.last <= support.first < event.first for support in scene.supports)


def _like_those_before(scene: Scene, event: EventWord) -> bool:
    """Whether an event noun is told as "like" those before it ("وطالت غارات مماثلة قرية حزارين")."""
    return event.last < len(scene.words) and scene.words[event.last] in scene.small["alike"]


def _reasons(roles: Roles, date: NamedDate | None, date_rule: str) -> Iterator[Why]:
    if roles.agents:
        yield Why("actor1", roles.agent_rule, roles.agents[0].span)
    if roles.patients:
        yield Why("actor2", roles.patient_rule, roles.patients[0].span)
    if date is not None:
        yield Why("date", date_rule, date.span)


def _readings(event: EventWord, trigger: Trigger) -> tuple[str, ...]:
    return tuple(other.id for other, _, _ in event.readings if other is not trigger)


def _inherited(setting: Setting, memory: Memory, scene: Scene) -> Setting:
    """The place of the event told just before, for an event that names none; its own where only the origin is named."""
    if setting.places or setting.vague or memory.event_place is None:
        return setting
    far = scene.sentence.number - memory.event_sentence > 3
    other_part = (scene.sentence.paragraph < 0) != (memory.event_paragraph < 0)
    if (far or other_part) and memory.event_paragraph >= 0:
        return setting
    before = NamedPlace(memory.event_place.place, None)
    return replace(setting, places=(before,), rule="place of the event told before", own=setting.whence)


def _target(scene: Scene, event: EventWord, reach: tuple[int, int], targets: TargetKnowledge) -> Target | None:
    found = targets.phrases.first(scene.words, max(reach[0], event.first - 6), reach[1])
    if found is None:
        return None
    i, match = found
    town = any(m.first <= i and match.last <= m.last and _is_town(scene, m, i) for m in scene.places)
    if town or (i and scene.words[i - 1] in scene.small["beside"]):
        return None
    start = scene.sentence.starts[i] + len(match.prefix.removesuffix("ال"))
    return Target(match.entry, scene.sentence.text.span(start, scene.sentence.ends[match.last - 1]))


def _is_town(scene: Scene, m: Mention[Place], token: int) -> bool:
    """Whether the word of a target is one of a town's name ("بلدة الخيام", "بيت سحم", "حي سوق الحوت")."""
    within = m.last - m.first > 1 and m.value.level in ("settlement", "neighbourhood", "area")
    return m.value.name_ar == scene.words[token] or (within and scene.words[token] in fold(m.value.name_ar).split())


def _weapon(scene: Scene, clause: Clause, reach: tuple[int, int], event: EventWord) -> str | None:
    near = [w for w in scene.weapons if clause.start <= w.first < reach[1]]
    return (
        min(near, key=lambda w: (w.value.code == "explosives", abs(w.first - event.first))).value.code if near else None
    )


def _evidence(
    scene: Scene, event: EventWord, clause: Clause, place: NamedPlace | None, roles: Roles
) -> tuple[int, int]:
    """The words that prove it: from the event word to the place and the agent, where these stand near in the sentence."""
    first, last = event.first, event.last
    spans = [m for m in scene.places if place is not None and m.span == place.span]
    spans_actors = [m for m in scene.actors if any(m.span == a.span for a in roles.agents)]
    for m in (*spans, *spans_actors):
        if event.first - 10 <= m.first and m.last <= event.last + 14:
            first, last = min(first, m.first), max(last, m.last)
    if roles.support is not None and event.first - roles.support.first <= 8 and roles.support.first < event.first:
        first = min(first, roles.support.first)
    end = max(last, min(event.last + PROOF, clause.end) if last == event.last else last)
    while end > event.last and not scene.words[end - 1][0].isalnum():
        end -= 1  # no comma belongs to the words
    return first, end
