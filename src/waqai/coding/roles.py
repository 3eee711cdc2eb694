"""Roles: who acts and who is acted on, from the order of verb, subject and object, and from markers.

Arabic puts the subject after the verb (قصف النظام المدينة) or before it (إن النظام قصف المدينة); an event noun takes its agent
as a genitive (قصف النظام), through a preposition (من قبل), from the verb that carries it (شن النظام غارات), or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.coding.draft import BOMBING
from waqai.coding.scene import RESUMED, TO_DO, EventWord, Scene, SupportWord, preposition, within
from waqai.model.mention import Actor, Mention
from waqai.model.report import NamedActor

STILL = 8  # tokens between "it is still" and in whose hands
UNDER = 3  # tokens between "of" and the party that somebody is of
SAME = 30  # tokens from a subject to a verb that "and" leads on to
CARRIED = 14  # tokens between a verb and the event noun that it carries
ARMED_KINDS = frozenset({"state forces", "rebel group", "political militia", "identity militia", "external forces"})


@dataclass(frozen=True, slots=True)
class Roles:
    """Agents and patients of one event word, with the rule that found each."""

    agents: tuple[NamedActor, ...] = ()
    patients: tuple[NamedActor, ...] = ()
    agent_rule: str = ""
    patient_rule: str = ""
    support: SupportWord | None = None
    stated_subject: bool = False


def armed(actor: Actor) -> bool:
    """Whether an actor bears arms (anything but civilians, protesters and rioters)."""
    return actor.kind in ARMED_KINDS


def can_act(m: Mention[Actor]) -> bool:
    """Whether a mention can be whoever does something: places of a party ("قاعدة أمريكية") are only hit or taken."""
    return not m.rule.startswith("site")


def named(mentions: Sequence[Mention[Actor]]) -> tuple[NamedActor, ...]:
    """Mentions as roles, each actor once."""
    seen: dict[str, NamedActor] = {}
    for m in mentions:
        seen.setdefault(m.value.id, NamedActor(m.value, m.span))
    return tuple(seen.values())


def nominal(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a mention stands free, as a subject or object does: no preposition on it or before it."""
    if preposition(m.prefix):
        return False
    before = before_quotes(scene, m.first)
    if before < 0:
        return True
    word = scene.words[before]
    if word == "من" and before > 0:
        return scene.words[before - 1] in scene.small["quantities"] or any(
            n.last in (before, before - 1) for n in scene.numbers
        )
    held = word in scene.small["rule_over"] and before > 0 and scene.words[before - 1] in scene.small["areas_of"]
    return not held and word not in scene.small["areas_of"] and word not in scene.small["prepositions"]


def going_on(scene: Scene, candidates: list[Mention[Actor]], verb: int) -> list[Mention[Actor]]:
    """Those who may be the subject of a verb that goes on without one: not whom the deed before it hit.

    "شن التنظيم هجوما على مواقع النظام، وسيطر على الحقل": the first. Unless a word of contrast or the gender of the verb
    ("واستعادت") points at the other, or he answers ("وردت").
    """
    word = scene.words[verb]
    if word[0] not in ("و", "ف") or word[1:] in scene.small["answers"]:
        return candidates
    kept = [m for m in candidates if not _is_hit(scene, m)]
    if not kept:
        return candidates
    hers = word.endswith("ت") and not _feminine(scene, kept[-1])
    return candidates if hers and any(_feminine(scene, m) for m in candidates if m not in kept) else kept


def _feminine(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a party takes a feminine verb: its first word is one, or the plural of things ("القوات", "الفصائل")."""
    head = scene.words[m.first].removeprefix("و").removeprefix("ال")
    return head.endswith(("ه", "ات")) or head in scene.small["feminine_heads"]


def _is_hit(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether what a party has is the object ("هجوما على مواقع القوات الحكومية", "هاجم التنظيم مواقع النظام")."""
    token = before_quotes(scene, m.first)
    if token < 1 or scene.words[token] not in scene.small["hit"] | scene.small["possessions"]:
        return False
    return scene.words[token - 1] in scene.small["over"] or any(o.last == token for o in scene.actors)


def before_quotes(scene: Scene, token: int) -> int:
    """The token before a name, past an opening quotation mark or bracket ("لـ«قسد»"); -1 at the start."""
    token -= 1
    while token >= 0 and scene.words[token] in ('"', "(", "["):
        token -= 1
    return token


def with_fellows(scene: Scene, m: Mention[Actor], pool: Sequence[Mention[Actor]]) -> list[Mention[Actor]]:
    """A mention and those joined to it by "and" ("النظام وروسيا"), or standing on the same words ("سورية وروسية")."""
    group, last = [m], m.last
    for other in pool:
        if other is m or other.first < m.first:
            continue
        gap = scene.words[last : other.first]
        joined = other.prefix.startswith("و") and all(w in ("،", '"') for w in gap)
        backed = len(gap) <= 1 and other.prefix.startswith("و")
        if other.first < last or joined or backed:
            group.append(other)
            last = max(last, other.last)
    return group


def subject_of_verb(scene: Scene, first: int, last: int, limit: int = 6) -> tuple[list[Mention[Actor]], str]:
    """The actors that are subject of the finite verb at tokens `first` to `last`, with the rule; ([], "") when none is named."""
    forces = next((i for i in (first - 1, first - 2) if i >= 0 and scene.words[i] in scene.small["own_forces"]), None)
    if forces is not None:
        return _owner_of_forces(scene, forces)
    clause = scene.clause_at(first)
    pool = [m for m in within(scene.actors, clause.start, len(scene.words)) if can_act(m)]
    right = next((m for m in pool if m.first >= last), None)
    bare = right is not None and right.first == last and not preposition(right.prefix)  # "حول الحوثيون مدرسة"
    if right is not None and (
        not (bare or nominal(scene, right)) or right.first - last > limit or right.first >= clause.end
    ):
        right = None
    if right is not None and (scene.verb_between(last, right.first) or _met(scene, last, right.first)):
        right = None
    left_pool = [m for m in within(scene.actors, clause.start, first) if can_act(m)]
    left = next((m for m in reversed(left_pool) if nominal(scene, m)), None)
    if left is not None and (scene.verb_between(left.last, first) or another_named(scene, left.last, first)):
        left = None
    met = next((m for m in left_pool if m.last == first and preposition(m.prefix) == "ل"), None)
    if met is not None and armed(met.value) and scene.words[met.first][1:] in scene.small["bands"]:
        return [met], "whom the verb tells of"  # "تصدت وحدة لمجموعة من جبهة النصرة هاجمت نقطة"
    if left is not None and first - left.last <= 2 and not _heads_noun(scene, left):
        return owned(scene, with_left_fellows(scene, left, left_pool)), "subject before the verb"
    if right is not None:
        return owned(scene, with_fellows(scene, right, [m for m in pool if m.first >= last])), "subject after the verb"
    if left is not None and first - left.last <= 12:
        return with_left_fellows(scene, left, left_pool), "subject before the verb"
    return [], ""


def _owner_of_forces(scene: Scene, at: int) -> tuple[list[Mention[Actor]], str]:
    """The party named right before "that its forces", the subject of a verb ("قال المركز الإعلامي لقسد إن قواته ألقت القبض").

    Nobody where anything else stands between: "اتهمت قسد أردوغان بأن مدفعيته" means his guns, and not those of the accuser.
    """
    before = [m for m in scene.actors if m.last <= at and armed(m.value)]
    if not before or scene.found("accuse", 0, at):
        return [], ""
    dated = {i for m in scene.dates for i in range(m.first, m.last)}
    gap = [scene.words[i] for i in range(before[-1].last, at) if i not in dated]
    plain = all(word in scene.small["that_its"] for word in gap)
    return (before[-1:], "whose forces they are") if plain else ([], "")


def _met(scene: Scene, last: int, first: int) -> bool:
    """Whether "on" or "against" leads to the actor at token `first`: he is met by the deed ("شن غارات على تجمعات داعش")."""
    at = next((i for i in range(first - 1, last - 1, -1) if scene.words[i] in scene.small["against_whom"]), None)
    return at is not None and not any(at < e.first < first for e in scene.events)


def another_named(scene: Scene, start: int, end: int) -> bool:
    """Whether a noun after "that" is the subject, and not who says so ("قالت الشرطة إن متشددا طعن")."""
    gap = scene.words[start:end]
    following = gap[gap.index("ان") + 1 :] if "ان" in gap else ()
    return bool(following) and following[0].endswith("ا") and not following[0].endswith("ها") and len(following[0]) > 3


def owned(scene: Scene, group: list[Mention[Actor]]) -> list[Mention[Actor]]:
    """Aircraft with their owner, when "of" names it right after ("طائرات حربية ومروحيات للنظام")."""
    master = _master(scene, group[0]) if len(group) == 1 else None
    if master is not None:
        return [master]
    if not group or any(m.value.id != "unknown-aircraft" for m in group):
        return group
    last = max(m.last for m in group)
    owner = next((m for m in scene.actors if 0 <= m.first - last <= 2 and preposition(m.prefix) == "ل"), None)
    if owner is None or not armed(owner.value):
        return group
    hit = any(scene.at("part_heads", i) or scene.words[i].endswith("ا") for i in range(last, owner.first))
    return group if hit else [owner]  # "استهدفت طائرة موقعا للفصائل": theirs is what it hit


def _master(scene: Scene, m: Mention[Actor]) -> Mention[Actor] | None:
    """The party of another side that "of" names right behind one ("جهاز الأمن العام التابع لهيئة تحرير الشام"), or None."""
    at = m.last + (m.last < len(scene.words) and scene.words[m.last] == '"')
    if scene.words[at : at + 1] == () or scene.words[at] not in scene.small["belonging"]:
        return None
    behind = (o for o in scene.actors if at < o.first <= at + UNDER and preposition(o.prefix) == "ل")
    master = next(behind, None)
    other = master is not None and armed(master.value) and master.value.camp not in ("unknown", m.value.camp)
    return master if other else None


def _heads_noun(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether the actor only qualifies an event noun before it ("غارات روسية استهدفت")."""
    return any(e.last == m.first and e.readings[0][1] == "noun" for e in scene.events)


def with_left_fellows(scene: Scene, m: Mention[Actor], pool: Sequence[Mention[Actor]]) -> list[Mention[Actor]]:
    """A mention and those before it that it is joined to by "and"."""
    group, head = [m], m
    for other in reversed([o for o in pool if o.last <= m.first or (o.first < m.last and o is not m)]):
        if head.prefix.startswith("و") and head.first - other.last <= 2 and nominal(scene, other):
            group.insert(0, other)
            head = other
        elif other.first >= m.first:
            group.append(other)
    return group


def marked_agent(scene: Scene, start: int, end: int) -> list[Mention[Actor]]:
    """The actors after a marker of agency ("من قبل", "على يد", "نفذتها") between two tokens."""
    at = scene.found("agent_markers", start, end)
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
        agents, rule = _of_the_carrying(scene, event), "subject of the noun that carries it"
    if not agents:
        agents, rule = genitive(scene, event, right)
    verb = None if agents else verb_of_means(scene, event)
    if verb is not None:
        agents, rule = subject_of_verb(scene, verb.first, verb.last)
    if not agents and not right:
        agents, rule = _by_doing(scene, event), "who did something by it"
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


def _by_doing(scene: Scene, event: EventWord) -> list[Mention[Actor]]:
    """Who broke a truce by a deed ("خرقت قوات النظام الهدنة بقصف البلدة"): the one party of the clause, subject of that verb."""
    if preposition(event.prefix) != "ب" or event.readings[0][0].frame not in ("attack", "take"):
        return []
    start = scene.clause_at(event.first).start
    at = scene.found("truce_breaking", start, event.first)
    if at is None or any(start <= e.first < event.first for e in scene.events):
        return []
    after = [m for m in within(scene.actors, at[1], event.first) if armed(m.value) and can_act(m)]
    return after[:1] if len(after) == 1 and after[0].first == at[1] else []


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
    pool = within(scene.actors, at[1], event.first) if at is not None and preposition(event.prefix) == "ب" else []
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
    if frame == "take":
        loser = next((m for m in right if m.first and scene.words[m.first - 1] in scene.small["from_whom"]), None)
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


def _owns(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a party is only the one that the party before it belongs to ("الأمن العسكري التابع لقوات النظام")."""
    belongs = scene.words[m.first - 1] in scene.small["belonging"]
    return belongs and any(other.last == m.first - 1 for other in scene.actors)
