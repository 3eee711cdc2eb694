"""Roles of event nouns: who did what a noun tells ("قصف النظام", "شن النظام غارات", "ردت قوات النظام بقصف"), and to whom.

An event noun takes its agent as a genitive, through a marker ("من قبل"), from the verb or noun that carries it, or from the verb
that says with what somebody answered.
"""

from collections.abc import Sequence

from waqai.coding.draft import BOMBING
from waqai.coding.roles import (
    Roles,
    armed,
    before_quotes,
    can_act,
    going_on,
    named,
    nominal,
    subject_of_verb,
    with_fellows,
)
from waqai.coding.scene import RESUMED, TO_DO, EventWord, Scene, SupportWord, preposition, within
from waqai.model.mention import Actor, Mention

STILL = 8  # tokens between "it is still" and in whose hands
CARRIED = 14  # tokens between a verb and the event noun that it carries
SAME = 30  # tokens from a subject to a verb that "and" leads on to


def marked_agent(scene: Scene, start: int, end: int) -> list[Mention[Actor]]:
    """The actors after a marker of agency ("من قبل", "على يد", "نفذتها") between two tokens."""
    answer = scene.found("background.reply", start, end)  # "استهداف مواقعهم ردا على غارات نفذتها روسيا": another deed
    at = scene.found("agent_markers", start, answer[0] if answer is not None else end)
    if at is None:
        return []
    if scene.found("still", max(at[0] - STILL, start), at[0]) is not None:
        return []  # "سيطر الجيش على تدمر، والرقة لا تزال بيد التنظيم"
    if at[0] > 0 and scene.words[at[0] - 1] in scene.small["lasting"]:
        return []  # "المحاصرة من قبل النظام": he besieges it, no more
    pool = [m for m in within(scene.actors, at[1], end) if m.first - at[1] <= 3]
    return with_fellows(scene, pool[0], pool) if pool else []


def roles_of_noun(scene: Scene, event: EventWord, reach: tuple[int, int]) -> Roles:
    """Agents and patients of an event noun within the tokens `reach`."""
    end = min([reach[1], *(e.first for e in scene.events if e.first >= event.last and _beside(event, e))])
    support = carrying_verb(scene, event)
    right = within(scene.actors, event.last, end)
    agents, rule = marked_agent(scene, event.last, end), "marked agent"
    if not agents:
        agents, rule = _begun_in(scene, event), "whose marksman it was"
    if not agents:
        agents, rule = _enabled(scene, event), "whom something enabled"
    if not agents and support is not None and "agent" in support.roles:
        subject, rule = subject_of_verb(scene, support.first, support.last)
        agents = [m for m in subject if m.last <= event.first or m.first >= event.last]
        rule = f"subject of {' '.join(scene.words[support.first : support.last])}"
        before = [m for m in scene.actors if m.last <= support.first and armed(m.value) and can_act(m)]
        before = [m for m in before if nominal(scene, m)] or before  # "تقدم مقاتلو قسد في مناطق داعش، وتمكنوا من تحرير"
        before = going_on(scene, before, support.first)
        if not agents and before and support.first - before[-1].last <= CARRIED:
            agents = before[-1:]
        elif not agents and before and support.prefix.startswith("و") and support.first - before[0].last <= SAME:
            agents = before[:1]  # whom the sentence is about
    if not agents:
        agents, rule = _subject_before(scene, event), "subject of the verb whose object it is"
    if not agents:
        agents, rule = _of_the_carrying(scene, event), "subject of the noun that carries it"
    if not agents:
        agents, rule = genitive(scene, event, right)
    verb = None if agents else verb_of_means(scene, event)
    if verb is not None:
        agents, rule = subject_of_verb(scene, verb.first, verb.last)
    if not agents:
        agents, rule = _doing_with(scene, event), "who did something with it"
    if not agents:
        agents, rule = _accused(scene, event), "who is accused of it"
    taken = {id(m) for m in agents}
    patients = _patients(scene, event, [m for m in right if id(m) not in taken])
    patient_rule = "after the event word"
    if support is not None and "patient" in support.roles and not patients:
        subject = subject_of_verb(scene, support.first, support.last)[0]
        patients = [m for m in subject if id(m) not in taken and m.rule != "adjective of act"]
        patient_rule = "subject of the verb of being hit"
        if not patients:  # "تعرض رتل للتحالف لهجوم"
            own = within(scene.actors, support.last, event.first)
            patients = [m for m in own if armed(m.value) and preposition(m.prefix) == "ل" and id(m) not in taken][:1]
    return Roles(named(agents), named(patients), rule if agents else "", patient_rule if patients else "", support)


def _begun_in(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The party whose name the last word of a deed begins ("برصاص قناص من تنظيم الدولة", "برصاص قناصة النظام")."""
    return [m for m in scene.actors if event.first < m.first < event.last < m.last and armed(m.value)][:1]


def _doing_with(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The subject of a verb that says with what somebody answered, helped or broke a truce ("ردت قوات النظام بقصف البلدة")."""
    first = next((n.first for n in scene.numbers if n.last == event.first), event.first)  # "بـ14 غارة"
    heads = [event.prefix if first == event.first else scene.words[first]]
    heads += [scene.words[first - 1]] if first else []  # "بسلسلة غارات"
    if all(preposition(head[:1]) != "ب" for head in heads):
        return []
    spans = scene.spans("doing_with", max(scene.clause_at(event.first).start, event.first - RESUMED), first)
    if not spans:
        return []
    begin, end = spans[-1]
    if scene.verb_between(end, first) or any(begin < e.first < first for e in scene.events):
        return []
    return [m for m in subject_of_verb(scene, begin, end)[0] if armed(m.value)]


def _subject_before(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The party that alone stands between a verb and its object ("ضربت الشرطة العسكرية طوقا أمنيا")."""
    between = [m for m in scene.actors if m.last == event.first and armed(m.value) and can_act(m)]
    if not between or not scene.words[event.first].endswith("ا") or preposition(between[0].prefix):
        return []
    verbs = [e for e in scene.events if e.last == between[0].first and e.readings[0][1] != "noun"]
    return between[:1] if verbs else []


def _of_the_carrying(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The party right behind a noun that carries the deed ("رصد تنفيذ طائرات روسية 7 غارات", "بعد شن الجيش هجوما")."""
    start = max(scene.clause_at(event.first).start, event.first - CARRIED)
    at = next(
        (i for i in range(event.first - 1, start - 1, -1) if scene.words[i] in scene.small["carrying_nouns"]), None
    )
    if at is None or any(at < e.first < event.first for e in scene.events):
        return []
    behind = [
        m for m in within(scene.actors, at + 1, event.first) if m.first == at + 1 and armed(m.value) and can_act(m)
    ]
    return with_fellows(scene, behind[0], behind) if behind and not preposition(behind[0].prefix) else []


def _enabled(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """Whom something enabled to do it ("مكنت الغارات قوات النظام من السيطرة", "تقدموا تقدما مكنهم من السيطرة")."""
    clause = scene.clause_at(event.first)
    spans = scene.spans("enabling", max(clause.start, event.first - RESUMED), event.first)
    if not spans:
        return []
    first, last = spans[-1]
    between = [m for m in within(scene.actors, last, event.first) if armed(m.value) and can_act(m)]
    if between:
        return between[-1:]
    before = [m for m in within(scene.actors, 0, first) if armed(m.value) and can_act(m) and nominal(scene, m)]
    return before[:1] if scene.words[last - 1].endswith(("ها", "هم", "ه")) else []


def verb_of_means(scene: Scene, event: EventWord) -> EventWord | None:
    """The verb of bombing that counted strikes say the means of ("استهدفت الطائرات منذ الصباح بنحو 14 غارة كلا من")."""
    trigger, tense, _ = event.readings[0]
    if tense != "noun" or trigger.weak or trigger.type not in BOMBING:
        return None
    count = next((n for n in scene.numbers if n.last == event.first), None)
    if count is None or not any(preposition(scene.words[i][0]) == "ب" for i in (count.first, count.first - 1) if i > 0):
        return None
    clause = scene.clause_at(event.first)
    start = scene.clause_at(clause.start - 1).start if clause.opener in scene.small["time_openers"] else clause.start
    verbs = [e for e in scene.events if start <= e.first < count.first and e.readings[0][1] != "noun"]
    return verbs[-1] if verbs and verbs[-1].readings[0][0].type in BOMBING else None


def _beside(event: EventWord, other: EventWord) -> bool:
    """Whether "and" joins one bombing to another, to which belongs who is named behind it ("لغارات روسية وقصف للنظام")."""
    bombing = event.readings[0][0].type in BOMBING and other.readings[0][0].type in BOMBING
    return bombing and other.readings[0][1] == "noun" and other.prefix.startswith("و")


def _accused(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """The last party between a word of accusing and the deed ("اتهم ناشطون قوات النظام بقصف المدينة")."""
    at = scene.found("accuse", scene.clause_at(event.first).start, event.first)
    carried = [w for w in scene.words[max(0, event.first - 2) : event.first] if w in scene.small["carrying_nouns"]]
    of_it = preposition(event.prefix) == "ب" or any(w[0] == "ب" for w in carried)  # "بشن حملة اعتقالات"
    pool = within(scene.actors, at[1], event.first) if at is not None and of_it else []
    return [m for m in pool if armed(m.value)][-1:]


def carrying_verb(scene: Scene, event: EventWord) -> SupportWord | None:
    """The verb that carries an event noun: the last supporting verb before it in its clause, or one right after it."""
    clause = scene.clause_at(event.first)
    others = {e.last for e in scene.events if e.last < event.first and e.readings[0][1] == "noun"}
    before = [
        s
        for s in scene.supports
        if clause.start <= s.first < event.first
        and s.first not in others
        and (_within(scene, s.last, event.first) or _managed(scene, s, event))
    ]  # "غارات شنتها" carries the strikes, and nothing that follows
    between = [
        s
        for s in before
        if not any(s.last <= e.first < event.first and e.readings[0][1] != "noun" for e in scene.events)
    ]
    between = [s for s in between if "agent" not in s.roles or _object_of(scene, s, event)]
    if between:
        return between[-1]
    after = [s for s in scene.supports if event.last <= s.first < clause.end and s.first - event.last <= 6]
    return after[0] if after and "agent" not in after[0].roles else None


def _within(scene: Scene, last: int, first: int) -> bool:
    """Whether a verb stands near enough to its noun; the places listed between them do not count."""
    if first - last <= CARRIED:
        return True
    named = sum(m.last - m.first for m in scene.places if last <= m.first and m.last <= first)
    return first - last - named <= CARRIED


def _managed(scene: Scene, support: SupportWord, event: EventWord) -> bool:
    """Whether a noun is what the subject of a verb managed to do, far as it may stand ("تمكنوا بعد معارك من السيطرة")."""
    far = event.first - support.last > RESUMED
    return scene.at("able", support.first) is not None and scene.words[event.first - 1] in TO_DO and not far


def _object_of(scene: Scene, support: SupportWord, event: EventWord) -> bool:
    """Whether an event noun can be the object of the verb before it: no preposition but "of" stands between."""
    if _managed(scene, support, event):
        return True
    held = {i for m in (*scene.actors, *scene.places, *scene.dates) for i in range(m.first - 1, m.last)}
    held |= {i for n in scene.numbers for i in range(n.first, n.last)}  # "نفذت ما لا يقل عن 18 ضربة"
    held |= {i for first, last in scene.spans("asides", support.last, event.first) for i in range(first, last)}
    end = event.first - 1 if scene.words[event.first - 1] == "عن" else event.first  # "أعلن عن السيطرة"
    gap = [scene.words[i] for i in range(support.last, end) if i not in held or i == end - 1]
    if scene.at("reaching", support.first) is not None and gap and gap[-1] in scene.small["stoppers"]:
        gap.pop()
    timed = [i for i in range(support.last, end - 1) if scene.words[i + 1] in scene.small["time_nouns"]]
    lasting = {scene.words[i] for i in timed}  # "نفذت خلال الساعات الماضية سبع ضربات"
    return not any(w in scene.small["stoppers"] and w not in lasting for w in gap)


def genitive(scene: Scene, event: EventWord, right: Sequence[Mention[Actor]]) -> tuple[list[Mention[Actor]], str]:
    """The party behind an event noun as its genitive ("قصف النظام"), with the rule; ([], "") when none stands there."""
    for m in right:
        gap = scene.words[event.last : m.first]
        if len(gap) > 3 or any(w in scene.small["breaks_genitive"] for w in gap):
            break
        if any(event.last <= e.first < m.first and e.readings[0][0].frame == "kill" for e in scene.events):
            break  # "ضربات جوية قتلت 34 جنديا تركيا"
        if gap and gap[-1] in scene.small["hit"] and "من" not in gap:
            break  # "بقصف مواقع التنظيم"
        if preposition(m.prefix) == "ل" and any(w.startswith("ال") for w in gap) and not event.definite:
            break
        if preposition(m.prefix) in ("ب", "ك") or (m.prefix.startswith("و") and not gap):
            break
        if not can_act(m):
            break
        if m.rule == "adjective of act" or not gap or gap[-1] == "من" or preposition(m.prefix) == "ل" or len(gap) <= 2:
            if scene.words[m.first - 1] in scene.small["from_whom"] and event.readings[0][0].frame == "take":
                break  # "تحرير المدينة من داعش": who lost it
            acts = not _is_direct_object(event, m) or (not gap and object_after(scene, m.last))
            if armed(m.value) and acts:
                return with_fellows(scene, m, right), "genitive of the event word"
            break
    return [], ""


def object_after(scene: Scene, last: int) -> bool:
    """Whether people, a party or a number stand within a few tokens, free of prepositions: those who suffer a deed."""
    window = range(last, last + 4)
    return (
        any(p.first in window for p in scene.people)
        or any(m.first in window and nominal(scene, m) for m in scene.actors)
        or any(m.first in window and nominal_number(scene, m.first) for m in scene.numbers)
    )


def nominal_number(scene: Scene, first: int) -> bool:
    """Whether a number stands free of a preposition (an object, not "في 3 غارات")."""
    return first == 0 or scene.words[first - 1] not in scene.small["not_object"]


def _is_direct_object(event: EventWord, m: Mention[Actor]) -> bool:
    """An event word such as استهداف takes what it hits as its genitive when an agent is named elsewhere."""
    trigger = event.readings[0][0]
    suffers = trigger.frame in ("kill", "seize", "hit") or trigger.id == "expel"
    return suffers and preposition(m.prefix) != "ل"


def _patients(scene: Scene, event: EventWord, right: Sequence[Mention[Actor]]) -> list[Mention[Actor]]:
    trigger = event.readings[0][0]
    frame = trigger.frame
    if trigger.id == "expel" and right and right[0].first - event.last <= 2 and armed(right[0].value):
        return with_fellows(scene, right[0], right)
    loser = next((m for m in right if _from_whom(scene, m, frame)), None)
    if loser is not None and armed(loser.value):
        return with_fellows(scene, loser, right)
    for m in right:
        if preposition(m.prefix) == "ب" or _owns(scene, m):
            continue
        before = before_quotes(scene, m.first)
        previous = scene.words[before] if before >= 0 else ""
        marked = (
            previous in scene.small["against_whom"]
            or preposition(m.prefix) == "ل"
            or scene.ends_at("patient_markers", m.first)
            or (not can_act(m) and m.first == event.last)
            or (frame in ("kill", "seize") and m.first - event.last <= 4)
        )
        if marked and m.rule != "adjective of act":
            return with_fellows(scene, m, right)
    return []


def _from_whom(scene: Scene, m: Mention[Actor], frame: str) -> bool:
    """Whether a place is to be taken from a party ("تحرير المدينة من داعش", "عملية لتحرير الجامعة من سيطرة داعش")."""
    before, held = scene.words[max(0, m.first - 2) : m.first], scene.small["from_whom"] | scene.small["rule_over"]
    if frame == "take" and before and before[-1] in scene.small["from_whom"]:
        return True
    return len(before) == 2 and before[0] == "من" and before[1] in held and before[1] != "من"


def _owns(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a party is only the one that the party before it belongs to ("الأمن العسكري التابع لقوات النظام")."""
    belongs = scene.words[m.first - 1] in scene.small["belonging"]
    return belongs and any(other.last == m.first - 1 for other in scene.actors)
