"""Parties: who acts and who is acted on in one event, by the frame of its word; what a verb leaves unsaid is understood."""

from collections.abc import Sequence

from waqai.coding.draft import BOMBING, CARRIED_ON, Lexicon, Memory
from waqai.coding.roles import (
    Roles,
    armed,
    before_quotes,
    feminine,
    named,
    nominal,
    subject_of_verb,
    with_fellows,
)
from waqai.coding.roles_of_nouns import marked_agent, object_after, roles_of_noun
from waqai.coding.scene import EventWord, PersonWord, Scene, preposition, within
from waqai.coding.sides import parties_of_clash, parties_to_agreement
from waqai.coding.telling import Telling
from waqai.coding.understood import accusative, carried_on, of_its_attack, owner, understood
from waqai.knowledge.events import Trigger
from waqai.model.mention import Actor, Mention
from waqai.model.quick import replace
from waqai.model.report import NamedActor

UNIT = 2  # tokens between a unit and its party
LAID = ("ied", "landmine", "car bomb", "motorcycle bomb")  # weapons that wait for whom they hit
TAKEN = 8  # tokens behind a deed in which those it befell may stand
BEHIND = 10  # tokens after a verb in which its subject may follow the object ("اعتقل مواطنا في عفرين فصيل")
AGENT_BEFORE = 16  # tokens before a killing in which its agent may be marked ("برصاص الجيش … بعد إطلاق النار")
OF_RESULT = ("seize", "disrupt", "other")
TOLD = 6  # tokens from a verb of announcing to what it announces


def parties_of(telling: Telling) -> Roles:
    """Who did it and to whom, by the frame of the trigger; an empty side where the words name nobody."""
    scene, event, trigger, tense = telling.scene, telling.event, telling.trigger, telling.tense
    lexicon, memory, reach = telling.lexicon, telling.memory, telling.reach
    frame = trigger.frame
    if frame == "clash":
        return _clash(telling)
    if frame in ("protest", "protesters"):
        return _protest(scene, event, lexicon)
    if frame == "agree":
        return parties_to_agreement(scene, event)
    if frame == "disrupt":
        return _disruption(telling)
    roles = roles_of_noun(scene, event, reach) if tense == "noun" else _of_verb(telling)
    if frame == "kill" and tense != "noun" and roles.stated_subject:
        roles = _victims(scene, event, roles, lexicon)
    if tense == "noun" and not roles.agents and roles.support is not None and "agent" in roles.support.roles:
        roles = replace(roles, agents=carried_on(scene, roles.support, memory), agent_rule=CARRIED_ON)
    if tense == "noun" and frame == "attack" and not roles.agents and event.readings[0][2]:
        meant = of_its_attack(scene, event)
        roles = replace(roles, agents=meant, agent_rule="whom the pronoun means") if meant else roles
    if tense == "noun" and frame in OF_RESULT and not roles.agents:
        roles = _of_result(scene, event, roles)
    if trigger.carried and not roles.agents and roles.patients:
        return replace(roles, agents=roles.patients, patients=(), agent_rule="those who leave")
    if trigger.loses:
        return Roles((), roles.agents, "", "who lost it" if roles.agents else "")
    if tense == "noun" and frame in ("take", "leave") and not roles.agents and event.readings[0][2]:
        meant = owner(scene, event, memory)
        roles = replace(roles, agents=meant, agent_rule="whom the pronoun means") if meant else roles
    if frame == "form" and tense == "noun" and "انشقاق" in scene.words[event.first]:
        leavers = [m for m in within(scene.actors, event.last, reach[1]) if m.first - event.last <= 7][:1]
        roles = replace(roles, agents=named(leavers), agent_rule="those who break away") if leavers else roles
    if frame == "other":
        roles = _between(scene, event, roles, reach)
    if frame in ("kill", "attack"):
        roles = _of_harm(telling, roles)
    if frame in ("seize", "displaced") and not roles.patients:
        roles = _of_people(telling, roles)
    if trigger.for_people and not roles.patients:
        roles = _for_people(telling, roles)
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


def _of_people(telling: Telling, roles: Roles) -> Roles:
    """Those who are seized or driven out, where only a noun for people names them ("اعتقلت ثلاثة شبان")."""
    scene, event = telling.scene, telling.event
    near = range(event.first - 4, event.last + 7)
    found = [p for p in scene.people if p.first in near and not p.noun.adjective]
    people = [p for p in found if p.noun.who != "combatants"]
    if people:
        patient = NamedActor(telling.lexicon.civilians, scene.sentence.span(people[0].first, people[0].last))
        return replace(roles, patients=(patient,), patient_rule="people named")
    return roles


def _for_people(telling: Telling, roles: Roles) -> Roles:
    """Whom a deed is for or against that concerns people, where its words name nobody ("حملة اعتقالات في البلدة"): civilians, but
    where fighters, prisoners of war or suspects stand beside it.
    """
    scene, event = telling.scene, telling.event
    near = range(max(0, event.first - 4), min(event.last + TAKEN, len(scene.words)))
    behind = range(
        event.last + (telling.tense != "noun"), near.stop
    )  # "أفرج المقاتلون": right behind a verb they do it
    fighters = [p for p in scene.people if p.noun.who == "combatants" and not p.noun.adjective]
    if telling.trigger.frame == "seize" and any(p.first in behind for p in fighters):
        return roles
    if any(scene.words[i] in scene.small["no_people"] for i in near):
        return roles
    return replace(roles, patients=(NamedActor(telling.lexicon.civilians, None),), patient_rule="whom it is for")


def _of_result(scene: Scene, event: EventWord, roles: Roles) -> Roles:
    """Who did what came of his deed ("نفذت قوات التحالف مداهمة أسفرت عن اعتقال شخص"): the party free before "resulted in"."""
    clause = scene.clause_at(event.first)
    if clause.kind != "result" or clause.start == 0:
        return roles
    before = scene.clause_at(clause.start - 1)
    doers = [m for m in within(scene.actors, before.start, clause.start) if armed(m.value) and nominal(scene, m)]
    doers = [m for m in doers if all(m.span != a.span for a in roles.patients)]
    return replace(roles, agents=named(doers[:1]), agent_rule="whose deed led to it") if doers else roles


def _of_harm(telling: Telling, roles: Roles) -> Roles:
    """Who killed or harmed where the event word names nobody: marked before it, or holding those who were harmed."""
    scene, event, trigger = telling.scene, telling.event, telling.trigger
    if not roles.agents:
        before = marked_agent(scene, max(0, event.first - AGENT_BEFORE), event.first)
        roles = replace(roles, agents=named(before), agent_rule="marked agent") if before else roles
    if not roles.agents and trigger.frame == "kill":
        planes = [m for m in within(scene.actors, event.last, event.last + AGENT_BEFORE) if m.rule.startswith("air")]
        by = [m for m in planes if preposition(m.prefix) == "ب" and armed(m.value)]  # "قتلوا بطائرة مسيرة إسرائيلية"
        roles = replace(roles, agents=named(by[:1]), agent_rule="with whose aircraft") if by else roles
    at = None if roles.agents else scene.found("custody", max(0, event.first - AGENT_BEFORE), len(scene.words))
    if at is not None:
        keeper = [
            m for m in within(scene.actors, at[1] - 1, len(scene.words)) if m.first - at[1] <= 2 and armed(m.value)
        ]
        roles = replace(roles, agents=named(keeper[:1]), agent_rule="who held them") if keeper else roles
    if trigger.type == "Sexual violence" and not any(p.actor.camp == "civilians" for p in roles.patients):
        people = (NamedActor(telling.lexicon.civilians, None),)
        roles = replace(roles, patients=people, patient_rule="always civilians")
    return roles


def _victims(scene: Scene, event: EventWord, roles: Roles, lexicon: Lexicon) -> Roles:
    """Those whom a party killed: the people named right after it come before a party named later ("أعدم … سبعة شبان بتهمة")."""
    spans = {a.span for a in roles.patients}
    later = next((m.first for m in scene.actors if m.span in spans), len(scene.words))
    subject = max((m.last for m in scene.actors if m.span in {a.span for a in roles.agents}), default=event.last)
    near = range(max(subject, event.last), max(subject, event.last) + 5)
    person = next((p for p in scene.people if p.first in near and p.last <= later and not p.noun.adjective), None)
    if person is None or person.noun.who == "combatants":
        return roles
    patient = NamedActor(lexicon.civilians, scene.sentence.span(person.first, person.last))
    return replace(roles, patients=(patient,), patient_rule="people killed")


def _disruption(telling: Telling) -> Roles:
    """Who took or shot down a weapon, and whose it was ("صاروخا أطلقه الحوثيون", "شحنة في طريقها إلى")."""
    scene, event, reach = telling.scene, telling.event, telling.reach
    owner_at = scene.found("launched_by", event.last, reach[1])
    owners = [m for m in within(scene.actors, owner_at[1], reach[1]) if m.first - owner_at[1] <= 2] if owner_at else []
    if telling.tense == "noun":
        roles = roles_of_noun(scene, event, (reach[0], owner_at[0] if owner_at else reach[1]))
        agents, rule = roles.agents, roles.agent_rule
    else:
        subject, rule = subject_of_verb(scene, event.first, event.last)
        shot = [m for m in subject if m.rule.startswith("air") and m.first >= event.last]  # "أسقط الدفاع طائرة"
        agents = named([m for m in subject if m not in owners and m not in shot])
        agents = agents or understood(telling)
    taken = {a.actor.id for a in agents}
    if not owners:
        owners = [m for m in within(scene.actors, event.last, reach[1]) if m.value.id not in taken and armed(m.value)][
            :1
        ]
    return Roles(agents, named(owners), rule or CARRIED_ON, "whose weapon it was")


def _of_verb(telling: Telling) -> Roles:
    scene, event, trigger, reach = telling.scene, telling.event, telling.trigger, telling.reach
    marked = marked_agent(scene, event.last, reach[1])
    subject, rule = subject_of_verb(scene, event.first, event.last)
    if trigger.downs and subject and rule == "subject after the verb" and subject[0].rule.startswith("air"):
        return Roles(named(marked), named(subject), "marked agent" if marked else "", "whose aircraft was brought down")
    unit = _unit(scene, event) if trigger.frame in ("seize", "other") and not marked else []
    if unit:
        subject, rule = unit, "whose unit it was"
    seized = subject and not armed(subject[0].value) and accusative(scene, event)
    if trigger.frame == "seize" and not unit and not marked and seized:
        near = within(scene.actors, event.last, event.last + BEHIND)
        subject = [m for m in near if armed(m.value) and nominal(scene, m)][:1]
        rule = "subject behind the object"  # nobody: "كما اعتقل عددا من المدنيين", whoever seized them was named before
    if (
        trigger.frame == "seize"
        and rule == "subject after the verb"
        and not marked
        and _disagrees(scene, event, subject)
    ):
        seizing = understood(telling)  # "دهمت قوات النظام القرية واعتقلت ثلاثة مواطنين"
        if seizing:
            return Roles(seizing, named(subject), CARRIED_ON, "object of the verb", None, True)
    if trigger.generic and subject and not armed(subject[0].value) and rule == "subject before the verb":
        subject = []  # "قتلت مدنيين حين أصابت سيارتهم"
    if trigger.type in BOMBING and subject and not armed(subject[0].value) and not marked:
        subject = []  # "وقصفت بالمدفعية مزارع": no civilian bombs
    if trigger.frame == "attack" and subject and not marked and _only_suffers(scene, event, subject):
        return Roles((), named(subject), "", "subject of the passive")
    bomber = _bombers_party(scene, event) if trigger.id == "suicide-verb" else None
    if bomber is not None:
        hit = [m for m in within(scene.actors, bomber.last, reach[1]) if m.value.camp != bomber.value.camp]
        return Roles(named([bomber]), named(hit[:1]), "whose bomber it was", "whom he hit", None, True)
    if trigger.frame in ("kill", "seize") and subject and not _active(scene, event, subject, trigger, bool(marked)):
        hurt = [m for m in subject if m not in marked]
        return Roles(named(marked), named(hurt), "marked agent" if marked else "", "subject of the passive")
    if trigger.frame in ("attack", "take") and subject and not armed(subject[0].value) and marked:
        return Roles(named(marked), named(subject), "marked agent", "subject of the passive")
    if trigger.frame == "fall":
        keeper = marked or within(scene.actors, event.last, reach[1])[:1]
        return Roles(named(keeper), (), "to whom the place fell" if keeper else "")
    if trigger.frame == "blast":
        return Roles(named(marked), (), "marked agent" if marked else "")
    agents, rule = (marked, "marked agent") if marked else (subject, rule)
    behind = max([event.last, *(m.last for m in subject)]) if agents is subject else event.last
    right = [m for m in within(scene.actors, behind, reach[1]) if m not in agents and preposition(m.prefix) != "ب"]
    objects = [m for m in right if not agents or m.value.camp != agents[0].value.camp or m.value.camp == "unknown"]
    patients = with_fellows(scene, objects[0], objects) if objects and objects[0].first - event.last <= 14 else []
    if agents:
        return Roles(named(agents), named(patients), rule, "object of the verb", None, True)
    inherited = understood(telling)
    return Roles(inherited, named(patients), CARRIED_ON if inherited else "", "object of the verb")


def _unit(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The party of the unit right after a verb of seizing ("اعتقلت دورية لقسد", "اعتقل حاجز تابع للأمن العسكري")."""
    if event.last >= len(scene.words) or scene.words[event.last] not in scene.small["units"]:
        return []
    owner = next((m for m in scene.actors if m.first > event.last), None)
    if owner is None or not armed(owner.value):
        return []
    sited = {i for m in scene.places for i in range(m.first, m.last)}  # "حاجز الفرن التابع للمخابرات"
    gap = [scene.words[i] for i in range(event.last + 1, owner.first) if i not in sited]
    if len(gap) == UNIT and gap[1] in scene.small["belonging"]:
        gap = gap[1:]  # "حاجز الفرن التابع لفرع المخابرات": a name that the gazetteer does not know
    return [owner] if len(gap) <= UNIT and all(word in scene.small["of_unit"] for word in gap) else []


def _bombers_party(scene: Scene, event: EventWord) -> Mention[Actor] | None:
    """The party that a bomber right after the verb is of ("فجر انتحاري من جبهة النصرة سيارة"), or None."""
    if event.last >= len(scene.words) or scene.words[event.last] not in scene.small["bombers"]:
        return None
    near = (
        m for m in scene.actors if event.last <= before_quotes(scene, m.first) <= event.last + UNIT and armed(m.value)
    )
    party = next(near, None)
    of = party is not None and (
        scene.words[before_quotes(scene, party.first)] in scene.small["bomber_of"] or preposition(party.prefix) == "ل"
    )
    return party if of else None


def _disagrees(scene: Scene, event: EventWord, subject: Sequence[Mention[Actor]]) -> bool:
    """Whether a verb is feminine and the people behind it are not: they are its object and not its subject."""
    word = scene.words[event.first][len(event.prefix) :]
    hers = word.endswith("ت") or (event.readings[0][1] == "present" and word.startswith("ت"))
    return hers and bool(subject) and not armed(subject[0].value) and not feminine(scene, subject[0])


def _active(scene: Scene, event: EventWord, subject: Sequence[Mention[Actor]], trigger: Trigger, marked: bool) -> bool:
    """Whether قتل and its like are active: an armed subject, and after it someone who suffers it.

    A verb of seizing or executing is active with any armed subject, unless an agent is marked besides.
    """
    if not armed(subject[0].value):
        return False
    if trigger.id != "kill" or subject[0].value.id == "unknown-gunmen":
        return not marked
    return object_after(scene, max(max(m.last for m in subject), event.last))


def _only_suffers(scene: Scene, event: EventWord, subject: Sequence[Mention[Actor]]) -> bool:
    """Whether a party right behind a verb was hit and did not hit: a bomb stands next, and no object behind it ("استهدفت دورية
    للنظام بعبوة ناسفة على الطريق", but "استهدفت الفصائل بعبوة سيارة").
    """
    if subject[0].first < event.last:
        return False
    at = max(m.last for m in subject)
    laid = next((w for w in scene.weapons if w.first == at and w.value.code in LAID and preposition(w.prefix)), None)
    if laid is None:
        return False
    behind = scene.words[laid.last] if laid.last < len(scene.words) else "."
    return behind in scene.small["prepositions"] or not behind.isalpha()


def _clash(telling: Telling) -> Roles:
    scene, event, memory, reach = telling.scene, telling.event, telling.memory, telling.reach
    roles = parties_of_clash(scene, event, reach)
    if roles.agents and roles.patients:
        return roles
    going = understood(telling) if event.prefix[:1] == "و" and telling.tense == "past" and not roles.agents else ()
    if going:  # "استهدفوا دبابة واشتبكوا مع قوة راجلة"
        other = roles.patients or memory.opponent({a.actor.camp for a in going})
        return Roles(going, other, CARRIED_ON, roles.patient_rule or "the other side of the fighting")
    crowd = _crowd(scene, event, reach) if roles.agent_rule == "between … and …" else None
    if crowd is not None:
        people = NamedActor(telling.lexicon.civilians, scene.sentence.span(crowd.first, crowd.last))
        return replace(roles, agents=(people,), patients=roles.agents, patient_rule="between … and …")
    near = scene.sentence.number - memory.parties_sentence <= 2
    if not roles.agents and not roles.patients and near:
        first, second = memory.parties
        return Roles(first, second, "parties told before", "parties told before")
    if not roles.agents and not roles.patients:
        first, second = memory.sides()
        rule = "the two sides of the fighting in the article"
        return Roles(first, second, rule, rule) if first and second else roles
    return roles


def _crowd(scene: Scene, event: EventWord, reach: tuple[int, int]) -> PersonWord | None:
    """The people on one side of "between … and …" ("مواجهات بين عشرات الشبان والجيش")."""
    at = scene.found("between", event.last, reach[1])
    near = [p for p in scene.people if at is not None and at[1] <= p.first <= at[1] + 7]
    return next((p for p in near if p.noun.who == "civilians" and not p.noun.adjective), None)


def _between(scene: Scene, event: EventWord, roles: Roles, reach: tuple[int, int]) -> Roles:
    """The two who exchange or agree ("تبادل أسرى بين أ وب"), when the words name both."""
    at = scene.found("between", event.last, min(event.last + 4, reach[1]))
    if roles.agents or roles.patients or at is None:
        return roles
    two = parties_of_clash(scene, event, reach)
    return two if two.agents and two.patients else roles


def _protest(scene: Scene, event: EventWord, lexicon: Lexicon) -> Roles:
    people = NamedActor(lexicon.civilians, scene.sentence.span(event.first, event.last))
    force = scene.found("refine.protest-excessive", 0, len(scene.words))
    force = force or scene.found("refine.protest-intervention", 0, len(scene.words))
    if force is None:
        return Roles((people,), (), "protesters")
    clause = scene.clause_at(force[0])
    near = [m for m in within(scene.actors, clause.start, clause.end) if armed(m.value)]
    near.sort(key=lambda m: min(abs(m.first - force[1]), abs(force[0] - m.last)))
    against = [m for m in near if min(abs(m.first - force[1]), abs(force[0] - m.last)) <= 5][:1]
    return Roles((people,), named(against), "protesters", "who used force on the protest")


def turned(telling: Telling, roles: Roles, mode: str, at: int | None) -> Roles:
    """When the one who repelled an attack stands as subject of the repelling, the attacker is the other side.

    `at` is the token that makes the event tried or planned; who tries acts, where the event names nobody else.
    """
    scene, event, memory = telling.scene, telling.event, telling.memory
    if mode not in ("attempted", "planned") or at is None:
        return roles
    start = scene.clause_at(event.first).start
    repelled = scene.spans("modality.repel", start, at) if mode == "attempted" else []
    at = repelled[-1][0] if repelled else at  # "صدت القوات محاولة مجموعة للهجوم على مواقعها"
    if scene.at("modality.repel", at) is None:
        if roles.agents:
            return roles
        trying, rule = subject_of_verb(scene, at, at + 1)
        return replace(roles, agents=named([m for m in trying if armed(m.value)]), agent_rule=rule)
    defenders, _ = subject_of_verb(scene, at, at + 1)
    attackers = [m for m in within(scene.actors, at, len(scene.words)) if m not in defenders and armed(m.value)]
    defenders = defenders or _told_by(scene, at, attackers)
    camps = {m.value.camp for m in defenders}
    if not defenders:
        return roles
    attackers = [m for m in attackers if m.value.camp not in camps]
    if not attackers:
        other = memory.opponent(camps)
        return Roles(other, named(defenders), "the other side of the fighting" if other else "", "who repelled it")
    return Roles(named(attackers[:1]), named(defenders), "attacker repelled", "who repelled it")


def _told_by(scene: Scene, at: int, attackers: Sequence[Mention[Actor]]) -> list[Mention[Actor]]:
    """The party that right before tells of an attack as repelled, where only the attacker is named behind ("أعلن الجيش إحباط محاولة
    تسلل لعناصر التنظيم")."""
    before = [m for m in scene.actors if at - TOLD <= m.last <= at and armed(m.value)]
    return before[-1:] if attackers and scene.found("saying", max(0, at - TOLD - 2), at) is not None else []


def denied_by_the_accused(scene: Scene, event: EventWord, roles: Roles, memory: Memory) -> bool:
    """Whether a party only denies what was told of somebody before: its denial is then a claim about that event.

    A denial that comes first in an article stands as an event of its own, denied.
    """
    if memory.agent_sentence < 0 or event.readings[0][1] != "noun" or roles.stated_subject:
        return False
    deniers = {m.value.camp for m in scene.actors if m.last <= event.first and armed(m.value)}
    accused = {a.actor.camp for a in roles.agents}
    return bool(deniers & accused if accused else deniers)
