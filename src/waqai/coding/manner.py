"""Manner: the exact type of an event, what it was aimed at, its modality, and whether it is told as history."""

import datetime as dt

from waqai.arabic.letters import fold
from waqai.coding.draft import PROTESTS
from waqai.coding.roles import Roles, armed
from waqai.coding.scene import RESUMED, TO_DO, Clause, EventWord, Scene, preposition
from waqai.knowledge.events import Events, Trigger
from waqai.model.article import Published
from waqai.model.mention import DateRange
from waqai.model.report import Modality, NamedActor

CARRIED = 6  # tokens from the verb that makes a word an event
REACH = 16  # tokens from "was exposed to" to the event that it takes with its "ل"
DEMANDED = 10  # tokens from "to demand" to what a crowd asks for
REASON = 3  # tokens after "in protest at" in which a word says why
OLD = dt.timedelta(days=14)
LONG = dt.timedelta(days=45)
MANY = 30  # operations that nobody tells one by one
GOVERNORS: tuple[tuple[str, Modality], ...] = (
    ("deny", "denied"),
    ("repel", "attempted"),
    ("fail", "attempted"),
    ("attempt", "attempted"),
    ("begin", "attempted"),
    ("plan", "planned"),
)
DRIVEN = ("car bomb", "motorcycle bomb")  # with somebody in them who dies, they are suicide bombs
PASSED = ("kill", "seize", "attack", "blast")  # a moment, and not what lasts ("بعد أشهر من الحصار")
PROTESTERS = ("protesters", "demonstrators")
TRANSPARENT = ("assault", "storm", "advance", "operation", "take", "agree", "fall", "fall-of-town")


def exact_type(
    scene: Scene, event: EventWord, trigger: Trigger, clause: Clause, roles: Roles, events: Events
) -> tuple[str, str] | None:
    """The sub-event type and the rule that made it so; None when a generic word is told no closer."""
    back = 2 if event.readings[0][1] == "noun" else 5
    if trigger.frame in ("kill", "protest"):
        back = 12
    start, end = max(clause.start, event.first - back), min(clause.end, event.last + 9)
    if trigger.frame == "protest":
        start, end = 0, len(scene.words)
    if trigger.frame == "take":
        end = min(len(scene.words), event.last + 16)
    if trigger.frame != "protest":
        end = min([end, *(e.first for e in scene.events if e.first >= event.last + 1 and _separate(scene, event, e))])
    for refinement in trigger.refine:
        told = _as_done(scene, trigger, refinement.mark, start, end)
        if trigger.assault and refinement.name == "missiles" and scene.found("light_arms", clause.start, clause.end):
            continue  # "هاجموا الحاجز بالأسلحة الرشاشة والقذائف": a fight
        if refinement.type == "Air/drone strike":
            told = [at for at in told if not _in_a_name(scene, at)]
        if refinement.type in PROTESTS:
            told = [at for at in told if not _of_aircraft(scene, at, events)]  # "طائرة مسيرة" is a drone, and no march
            told = [at for at in told if not _demanded(scene, at, event)]
        if any(_refines(scene, at, event, trigger, clause) for at in told):
            return refinement.type, f"{trigger.id}+{refinement.name}"
    code = _with_what(scene, event) if trigger.assault else None
    if code is not None and events.by_weapon.get(code, "Attack") != "Attack":
        return events.by_weapon[code], f"{trigger.id}+{code}"
    shells = trigger.type == "Shelling/artillery/missile attack" or trigger.id == "assault"
    if shells and any(_flies(scene, a) for a in roles.agents):
        return "Air/drone strike", f"{trigger.id}+aircraft"
    if trigger.generic:
        for weapon in scene.weapons:
            if clause.start <= weapon.first < clause.end and weapon.value.code in events.by_weapon:
                if weapon.value.code in DRIVEN and scene.found("refine.suicide", clause.start, clause.end):
                    return "Suicide bomb", f"{trigger.id}+{weapon.value.code}+suicide"
                return events.by_weapon[weapon.value.code], f"{trigger.id}+{weapon.value.code}"
        if any(_flies(scene, a) for a in roles.agents):
            return "Air/drone strike", f"{trigger.id}+aircraft"
        return None
    return trigger.type, trigger.id


def _with_what(scene: Scene, event: EventWord) -> str | None:
    """The weapon right after "with" ("هجوم بصاروخ", "هجوم بالقنابل العنقودية"), or None."""
    behind = (m for m in scene.weapons if m.first == event.last and preposition(m.prefix) == "ب")
    return next((m.value.code for m in behind), None)


def _in_a_name(scene: Scene, at: tuple[int, int]) -> bool:
    """Whether a word is only part of the name of a party that does not fly ("مبنى المخابرات الجوية")."""
    holders = [m for m in scene.actors if m.first <= at[0] and at[1] <= m.last]
    return bool(holders) and not any(_flies(scene, NamedActor(m.value, m.span)) for m in holders)


def _of_aircraft(scene: Scene, at: tuple[int, int], events: Events) -> bool:
    """Whether a word is one of aircraft, as a weapon or as who flies them."""
    flying = [m for m in scene.weapons if events.by_weapon.get(m.value.code) == "Air/drone strike"]
    flyers = [m for m in scene.actors if m.rule.startswith("air")]
    return any(m.first <= at[0] < m.last for m in (*flying, *flyers))


def _demanded(scene: Scene, at: tuple[int, int], event: EventWord) -> bool:
    """Whether a word is one of what a crowd asks for or shows ("للمطالبة بالقصاص للشهداء"), and nothing that befell it."""
    asked = next((i for i in range(at[0] - 1, event.last - 1, -1) if scene.words[i] in scene.small["demands"]), None)
    if asked is None or at[0] - asked > DEMANDED or any(w[0] == "و" for w in scene.words[asked + 1 : at[1]]):
        return False  # "للمطالبة بإسقاط النظام وسقوط خمسة شهداء": that befell them
    return not scene.verb_between(asked + 1, at[1]) and scene.clause_at(asked).kind == scene.clause_at(at[0]).kind


def _meanwhile(scene: Scene, start: int, end: int) -> bool:
    """Whether a clause set beside what was told begins between two tokens, with its own place ("بينما أطلقوا النار في حماة")."""
    openers = scene.small["meanwhile"]
    beside = [c.start for c in scene.clauses if start <= c.start <= end and c.kind == "main" and c.opener in openers]
    return any(first <= m.first for first in beside for m in scene.places)


def _refines(scene: Scene, at: tuple[int, int], event: EventWord, trigger: Trigger, clause: Clause) -> bool:
    """Whether a refining word belongs to an event: not to another subject, nor to what befell protesters elsewhere."""
    if _other_subject(scene, at, event) or scene.words[at[0] - 1] in scene.small["backed_by"]:
        return False
    other = scene.clause_at(at[0])
    if trigger.frame == "protest" and _meanwhile(scene, event.last, at[0]):
        return False
    placed = [c for c in (other, clause) if any(c.start <= m.first < c.end for m in scene.places)]
    elsewhere = other != clause and len(placed) == 2  # each clause tells of a place of its own
    return trigger.frame != "protest" or not elsewhere


def _as_done(scene: Scene, trigger: Trigger, mark: str, start: int, end: int) -> list[tuple[int, int]]:
    """The first words of a list between two tokens; for a protest all of them, but none that only says why people protest."""
    if trigger.frame != "protest":
        return scene.spans(mark, start, end)[:1]
    reasons = scene.spans("protest_reasons", start, end)
    harmless = scene.small["harmless"]
    told = [at for at in scene.spans(mark, start, end) if harmless.isdisjoint(scene.words[at[1] : at[1] + 1])]
    return [at for at in told if not any(f <= at[0] and at[0] - last <= REASON for f, last in reasons)]


def _separate(scene: Scene, event: EventWord, other: EventWord) -> bool:
    gap = scene.words[event.last : other.first]
    return other.prefix.startswith("و") or "،" in gap


def _other_subject(scene: Scene, at: tuple[int, int], event: EventWord) -> bool:
    """The refining word stands before the event word and across a comma: it belongs to something else."""
    return at[1] <= event.first and "،" in scene.words[at[1] : event.first]


def _flies(scene: Scene, actor: NamedActor) -> bool:
    words = fold(actor.span.text if actor.span else actor.actor.name_ar)
    return any(word in words for word in scene.small["aircraft"]) or actor.actor.id == "unknown-aircraft"


def settled_type(
    kind: str, trigger: Trigger, agents: tuple[NamedActor, ...], patients: tuple[NamedActor, ...], events: Events
) -> str:
    """The type once the parties are known: who takes a place, whom an assault or a killing meets."""
    camps = {a.actor.camp for a in agents}
    if trigger.frame in ("take", "expel") and kind == "Non-state actor overtakes territory" and camps:
        return "Government regains territory" if camps & events.governments else kind
    if trigger.frame == "fall" and camps & events.governments:
        return "Government regains territory"
    fighting = any(armed(p.actor) for p in patients)
    if kind == "Armed clash" and trigger.assault and patients and not fighting:
        return "Attack"
    if kind == "Armed clash" and trigger.frame == "clash" and agents and not any(armed(a.actor) for a in agents):
        return "Violent demonstration"
    if kind == "Armed clash" and any(a.actor.id in PROTESTERS for a in (*agents, *patients)):
        return "Violent demonstration"
    if kind == "Attack" and fighting and trigger.frame in ("attack", "kill") and trigger.id != "execute":
        return "Armed clash"  # who is armed is no civilian, whoever shot at him
    if kind == "Attack" and patients and any(p.actor.id in PROTESTERS for p in patients):
        return "Excessive force against protesters"
    return kind


def modality(scene: Scene, event: EventWord, tense: str, clause: Clause) -> tuple[Modality, int | None]:
    """Whether the event happened, was attempted, is planned or denied, and the token of the word that says so (None: none does)."""
    start = max(clause.start, event.first - 9)
    managed = scene.spans("able", max(clause.start, event.first - RESUMED), event.first)
    if managed and scene.words[event.first - 1] in TO_DO:
        start = max(clause.start, min(start, managed[-1][0] - 1))  # "لم تتمكن قوات النظام بعد معارك … من السيطرة"
    if tense == "future":
        return "planned", event.first
    before = _governor(scene, event, start)
    for name, mode in GOVERNORS:
        at = before.get(name)
        if at is not None:
            if (
                name == "repel"
                and scene.words[at] in scene.small["barring"]
                and scene.found("modality.attempt", at, event.first) is None
            ):
                continue
            return mode, at
    terms = _term_of_a_deal(scene, event)
    if terms is not None:
        return "planned", terms
    return _told_after(scene, event, clause) if event.readings[0][1] == "noun" else ("happened", None)


def _term_of_a_deal(scene: Scene, event: EventWord) -> int | None:
    """The word that makes an event the term of a deal ("يقضي بتسليم السلاح ... وخروج"), or None."""
    following = scene.words[event.last] if event.last < len(scene.words) else ""
    if following in scene.small["by_which"] and event.readings[0][1] == "present":
        return event.last  # "اتفاق يخرج بموجبه المقاتلون"
    terms = scene.spans("modality.terms", 0, event.first)
    if not terms or event.readings[0][1] not in ("noun", "present") or event.readings[0][0].frame == "agree":
        return None
    first, last = terms[-1]
    told = any(last <= e.first < event.first and e.readings[0][1] == "past" for e in scene.events)
    return None if told or scene.clause_at(event.first).kind in ("after", "relative") else first


def _told_after(scene: Scene, event: EventWord, clause: Clause) -> tuple[Modality, int | None]:
    """What words right after an event noun and its place say of it: that it failed, or that it is not true."""
    last = event.last
    for m in (*scene.places, *scene.actors):
        last = max(last, m.last) if event.last <= m.first <= last + 3 else last
    for name in ("repel", "fail"):
        for first, _ in scene.spans(f"modality.{name}", event.last, min(last + 3, len(scene.words))):
            if first - event.last <= 2 or (first - last <= 1 and "،" not in scene.words[event.last : first]):
                return "attempted", first
    belied = scene.found("modality.belied", event.last, min(last + 5, len(scene.words)))
    return ("denied", belied[0]) if belied else ("happened", None)


def _governor(scene: Scene, event: EventWord, start: int) -> dict[str, int]:
    """The last word of each modality before the event word that still governs it: no other event stands between."""
    out: dict[str, int] = {}
    for name, _ in GOVERNORS:
        for first, last in scene.spans(f"modality.{name}", start if name != "deny" else 0, event.first):
            between = [
                e for e in scene.events if last <= e.first and e.last <= event.first and not _carries(scene, e, event)
            ]
            managed = scene.ends_at("able", last) and scene.words[event.first - 1] in TO_DO
            if not managed and any(e.readings[0][1] != "noun" or not _transparent(e) for e in between):
                continue
            if name in ("plan", "deny") and first < start and _apart(scene, last, event):
                continue
            if name == "plan" and "،" in scene.words[first : event.first] and _apart(scene, last, event):
                continue
            if name == "begin" and (event.readings[0][0].frame != "take" or event.first - last > 5):
                continue
            out[name] = first
    return out


def _carries(scene: Scene, verb: EventWord, event: EventWord) -> bool:
    """Whether a verb only makes the event word beside it an event ("من المقرر أن تدخل قافلة")."""
    trigger = event.readings[0][0]
    if not trigger.weak or trigger.with_ is None or verb.readings[0][1] == "noun":
        return False
    return (verb.first, verb.last) in scene.spans(trigger.with_, event.first - CARRIED, event.first)


def _apart(scene: Scene, last: int, event: EventWord) -> bool:
    """Whether another clause than a relative one begins between a word and the event word."""
    kinds = [c.kind for c in scene.clauses if last < c.start <= event.first]
    verb = any(word in scene.small["that"] for word in scene.words[last : event.first])
    return verb or any(kind != "relative" for kind in kinds)


def supposed(scene: Scene, event: EventWord, clause: Clause) -> str | None:
    """The word that makes the event one only feared, demanded, supposed or negated, or None."""
    words = scene.words
    for first, last in scene.spans("modality.suppose", max(clause.start, event.first - 5), event.first):
        if "،" in words[first : event.first]:
            continue
        if last == event.first and event.readings[0][0].id == "protesters-out":
            continue  # "طالب متظاهرون بالإفراج": they are out
        if not any(last <= e.first and e.last <= event.first and e.readings[0][1] != "noun" for e in scene.events):
            return words[first]
    if event.first and words[event.first - 1] == "قد" and event.readings[0][1] == "present":
        return "قد"
    if words[event.last : event.last + 1] and words[event.last] in scene.small["to_come"]:
        return words[event.last]
    if event.first and words[event.first - 1] in scene.small["any"]:
        negated = scene.found("modality.not", clause.start, event.first)
        return words[event.first - 1] if negated and not scene.found("modality.deny", 0, event.first) else None
    for first, last in scene.spans("modality.not", event.first - 2, event.first):
        if last == event.first:
            return words[first]
    return None


def _transparent(event: EventWord) -> bool:
    """Words such as هجوم and تقدم only lead over to the event they are about ("صد محاولة اقتحام")."""
    return event.readings[0][0].id in TRANSPARENT


def purpose(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether the word only says what something else was for, or what a taking came after ("لاقتحام", "بعد معارك")."""
    tense = event.readings[0][1]
    if clause.kind == "after" and clause.start > 0 and event.readings[0][0].frame == "clash" and tense == "noun":
        return any(e.readings[0][0].frame in ("take", "fall", "leave") and e.last <= clause.start for e in scene.events)
    if tense == "noun" and preposition(event.prefix) == "ل" and "لل" not in event.prefix and not event.definite:
        if any(s.last <= event.first <= s.last + REACH and "patient" in s.roles for s in scene.supports):
            return False  # "تعرضت أطراف البلدات، منذ الصباح، لقصف"
        return not any(_leads_to(scene, event, clause, name) for name in ("repel", "plan", "attempt", "result", "turn"))
    if tense == "present" and preposition(event.prefix) == "ل":
        return True
    return scene.ends_at("modality.purpose", event.first)


def _leads_to(scene: Scene, event: EventWord, clause: Clause, name: str) -> bool:
    """Whether a word such as "تصدت" or "تستعد" takes the event word with its "ل", over its subject at most."""
    found = scene.spans(f"modality.{name}", 0 if name == "repel" else clause.start, event.first)
    if not found or any(found[-1][1] <= e.first < event.first for e in scene.events):
        return bool(found) and event.first - found[-1][1] <= 4
    return event.first <= scene.ahead(found[-1][1], 4)


def told_as_history(
    scene: Scene, event: EventWord, clause: Clause, date: DateRange | None, anchor: Published | None
) -> str:
    """The reason why an event is background, or "" when it is news."""
    if date is not None and date.end is not None and anchor is not None and date.end < anchor.day - OLD:
        return "its date is long before the article"
    if date is not None and date.end is None and date.precision >= 4:
        return "its date is vague and past"
    if date is not None and date.start is not None and date.end is not None and date.end - date.start > LONG:
        return "it went on over a long time"
    words = scene.words
    pluperfect = "قد" in words[: event.first]
    today = scene.found("background.today", *((clause.start, clause.end) if pluperfect else (0, len(words))))
    opener = scene.at("background.openers", 0)
    anew = any(
        c.kind == "main" and c.opener in scene.small["meanwhile"] and c.start <= event.first for c in scene.clauses
    )
    if opener is not None and not today and not anew and not (date is not None and date.precision == 1):
        return f"the sentence opens with {' '.join(words[:opener])}"
    if event.definite and event.readings[0][0].frame in PASSED and _long_after(scene, event):
        return "told as what was long before"
    if event.readings[0][0].frame in ("take", "leave") and scene.ends_at("background.since", event.first):
        return "told as that since which something else has gone on"
    if scene.ends_at("background.reply", event.first):
        return "told as what something was a reply to"
    on_a_day = date is not None and date.start is not None and date.precision == 1
    if scene.found("background.habitual", clause.start, clause.end) and not on_a_day:
        return "told as a habit"
    if _earlier(scene, clause) and not on_a_day:
        return "told as of earlier times"
    if event.readings[0][0].outcome and clause.opener in scene.small["those_who"]:
        return "told in passing, in a relative clause"
    if _sum_of_many(scene, event):
        return "told as one of many"
    if _under_way(scene, event, date):
        return "told as what goes on"
    recent = date is not None and date.start is not None
    passing = ("take", "leave", "other", "move", "agree", "form", "displaced")
    tried = scene.found("modality.attempt", clause.start, event.first) or scene.found("modality.deny", 0, event.first)
    named = scene.found("such_as", event.last, len(words))  # "التي سيطروا عليها اليوم إلى 11، وهي …"
    said = clause.kind == "relative" and _says_so(scene, clause, event)
    known = recent or tried or said or (named is not None and today)
    if clause.kind == "relative" and not known and event.readings[0][0].frame in passing:
        return "told in passing, in a relative clause"
    pointed = event.definite and clause.kind == "after" and clause.start > 0
    if pointed and not recent and event.readings[0][0].frame in passing and _main_event(scene, clause):
        return f"told as what came before, after {clause.opener}"  # "بعد سيطرته عليها", but "عقب احتجاز أحد العناصر"
    return ""


def _under_way(scene: Scene, event: EventWord, date: DateRange | None) -> bool:
    """Whether a campaign, or where forces stand, is told in the present tense, outside headlines and with no day."""
    trigger, tense, _ = event.readings[0]
    planned = scene.found("modality.plan", 0, event.first) or scene.found("modality.suppose", 0, event.first)
    if trigger.frame != "move" or scene.sentence.paragraph < 0 or date is not None or planned:
        return False
    if tense == "present" and event.prefix == "و":
        return True
    return trigger.id == "operation" and any(
        s.last <= event.first <= s.last + 8 and s.tense == "present" for s in scene.supports
    )


def _sum_of_many(scene: Scene, event: EventWord) -> bool:
    """Whether a sentence sums up operations of a period and says how they were done ("قتلوا في 117 عملية ... تمت عبر كمائن")."""
    return any(
        m.last <= event.first and m.value.low >= MANY and m.last < len(scene.words)
        and scene.words[m.last] in scene.small["operations"]
        for m in scene.numbers
    )  # fmt: skip


def _earlier(scene: Scene, clause: Clause) -> bool:
    """Whether a word for earlier times stands in a clause, other than as somebody's former office ("ضابطا سابقا")."""
    spans = scene.spans("background.words", clause.start, clause.end)
    if not spans:
        return False
    held = {p.last for p in scene.people} | {m.last for m in scene.actors}
    return any(scene.words[f] != "سابقا" or (f not in held and not scene.words[f - 1].endswith("ا")) for f, _ in spans)


def _main_event(scene: Scene, clause: Clause) -> bool:
    """Whether another clause before this one tells an event: then this one only tells what came before it."""
    return any(e.first < clause.start and not e.readings[0][0].weak for e in scene.events)


def _says_so(scene: Scene, clause: Clause, event: EventWord) -> bool:
    """Whether a relative clause only says who tells of an event ("مراسلنا الذي أشار إلى نزوح", "التي قالت إنهم سيطروا")."""
    that = any(word in scene.small["that"] for word in scene.words[clause.start : event.first])
    return that or scene.found("saying", clause.start, event.first) is not None


def _long_after(scene: Scene, event: EventWord) -> bool:
    """Whether something happened days or years after it ("بعد أيام من اعتقاله", "بعد عشرين عاما من مقتله")."""
    words, first = scene.words, event.first
    if first < 3 or words[first - 1] != "من":
        return False
    back = words[max(0, first - 6) : first - 1]
    return any(word in scene.small["times"] for word in back) and any(word in ("بعد", "وبعد") for word in back)
