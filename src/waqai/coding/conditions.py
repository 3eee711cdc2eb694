"""Conditions: when a word of the lexicon tells an event, and when it only holds a place, leads over, or counts an outcome."""

from collections.abc import Sequence

from waqai.arabic.inflection import Tense
from waqai.coding.draft import BOMBING, Draft
from waqai.coding.roles import Roles, armed, nominal
from waqai.coding.roles_of_nouns import verb_of_means
from waqai.coding.scene import Clause, EventWord, Scene, preposition
from waqai.coding.settings import ANAPHORA, Setting
from waqai.coding.settings_lists import FINE
from waqai.knowledge.events import Trigger

BROKEN_UP = 8  # tokens after "فرقت" in which the protest is the one it broke up
SHOTS = ("shoot", "fire-on")
ATTACKS = ("assault", "target-weapon", "struck")
RIOTOUS = ("close", "storm", "assault", "loot")
LOOSE = ("same sentence", "place of the event told before")  # places that stand with no word of the event
BEFORE, AFTER = 9, 15  # tokens around an event word in which the words that it asks for stand
NEAR = 9  # tokens after an event word in which the words that it asks for to be near stand
BACK_OFF = 3  # tokens from the beginning of a clause in which attackers only leave again
WHO_SPEAKS = 3  # tokens from "said" to what those who speak have done
STRUCK = ("attack", "kill", "seize", "blast", "hit")
FAR = 8  # more tokens over which "fell" and "into the hands of" belong together
LASTING = ("siege", "curfew")  # event words of what goes on while something else happens
BOMBED_WITH = ("shelling", "missile-strike", "air-strike", "strike")
MEANS = 10  # tokens from "targeted" to what it was done with
SOUND = 6  # tokens between a blast and its cause
FURTHER = 12  # tokens from an advance to the taking that it led to
HEADLINE = 14  # tokens of a first sentence that may be a headline, where the article has none of its own


def only_a_particle(scene: Scene, event: EventWord) -> bool:
    """Whether "فقد" only leads a verb in ("فقد قال المرصد"), and nobody loses anything."""
    if scene.words[event.first] != "فقد" or event.last != event.first + 1 or event.last >= len(scene.words):
        return False
    verb = any(w.first == event.last for w in scene.supports) or any(w.first == event.last for w in scene.events)
    missing = event.first > 0 and scene.words[event.first - 1] in scene.small["before_faqad"]
    named = scene.words[event.last].startswith("ال") or any(m.first == event.last for m in scene.actors)
    return verb or missing or not named or scene.words[event.last] in scene.small["after_faqad"]


def fits(scene: Scene, event: EventWord, trigger: Trigger, clause: Clause) -> bool:
    """Whether the words that a trigger asks for, or refuses, stand where they should around its event word."""
    if only_a_particle(scene, event):
        return False
    start, end = max(clause.start - 1, event.first - BEFORE), min(clause.end + 2, scene.ahead(event.last, AFTER))
    if trigger.near:
        start, end = event.first - 3, scene.ahead(event.last, NEAR)
    if trigger.with_ is not None and not scene.found(trigger.with_, start, end):
        aside = trigger.frame == "fall" and _over_an_aside(scene, event, trigger.with_, clause)
        if not aside:
            return False
    far = 14 if trigger.frame == "kill" or trigger.weak else 6
    near_start, near_end = max(clause.start, event.first - 5), min(clause.end, scene.ahead(event.last, far))
    if trigger.without is None or not scene.found(trigger.without, near_start, near_end):
        return True
    return trigger.despite is not None and scene.found(trigger.despite, 0, len(scene.words)) is not None


def _over_an_aside(scene: Scene, event: EventWord, wanted: str, clause: Clause) -> bool:
    """Whether an aside between commas parts two words of a fall ("سقطت البلدة، فجر اليوم، بيد", "باتت، الواقعة …، تحت سيطرة")."""
    before = scene.found(wanted, max(clause.start, event.first - BEFORE - FAR), event.first)
    if before is not None and scene.words[event.first - 1] == "،":
        return True
    after = scene.found(wanted, event.last, min(clause.end, event.last + AFTER + FAR))
    return after is not None and scene.words[after[0] - 1] == "،"


def by_means_of(scene: Scene, event: EventWord, trigger: Trigger) -> bool:
    """Whether a word such as "بالصواريخ" says with what another event was done ("لهجوم بإطلاق النار")."""
    if preposition(event.prefix) != "ب":
        return False
    if scene.words[event.last : event.last + 1] != () and scene.words[event.last] in scene.small["thrown"]:
        return False  # "قتل 12 ببراميل متفجرة ألقاها الطيران على الحي"
    if trigger.id in ("grenade", "thrown-bomb"):
        return any(e.readings[0][0].id in ATTACKS and 0 <= event.first - e.last <= 5 for e in scene.events)
    if trigger.frame == "attack" and event.readings[0][1] == "noun" and _targeted(scene, event):
        return True
    assault = any(e.readings[0][0].id == "assault" and 0 <= event.first - e.last <= 1 for e in scene.events)
    return trigger.id in ("rocket-fall", "barrel") or (trigger.id in SHOTS and assault)


def _targeted(scene: Scene, event: EventWord) -> bool:
    """Whether the clause says before it what was targeted with it ("استهدفت القوات منذ أيام بقصف مدفعي قرى"): no comma, place
    or people stand between."""
    clause = scene.clause_at(event.first)
    verbs = [
        e for e in scene.events if clause.start <= e.first < event.first and e.readings[0][0].id == "target-weapon"
    ]
    if not verbs or event.first - verbs[-1].last > MEANS or event.readings[0][0].id not in BOMBED_WITH:
        return False
    start = verbs[-1].last
    between = [m.first for m in scene.places] + [p.first for p in scene.people]
    return not any(start <= first < event.first for first in between) and "،" not in scene.words[start : event.first]


def sounds_of(scene: Scene, event: EventWord, trigger: Trigger) -> bool:
    """Whether a blast is only the sound of what the sentence tells right after it ("دوي انفجارات ناجمة عن غارات")."""
    if trigger.frame != "blast":
        return False
    cause = scene.found("tolls.causes", event.last, event.last + SOUND)
    return cause is not None and any(
        cause[0] <= e.first <= cause[1] + 2 and e.readings[0][0].frame not in ("blast", "kill") for e in scene.events
    )


def in_part(scene: Scene, event: EventWord, trigger: Trigger, others: Sequence[Draft]) -> bool:
    """Whether a word only says what belongs to another event of its sentence: the fighting in which a place was taken,
    mutual shelling in a battle, what an attack ruined, "the second attack in a week"."""
    here = [o for o in others if o.sentence == scene.sentence.number and o.modality == "happened"]
    words, before = scene.words, scene.words[event.first - 1] if event.first else ""
    if trigger.id in LASTING and before in scene.small["during"] and len(scene.events) > 1:
        return True  # "بعد حصار دام شهرا", "قتل شاب خلال حظر التجول"
    if not here and not any(e is not event and e.first > event.last for e in scene.events):
        return False
    if before in scene.small["ordinals"]:
        return len(scene.events) > 1
    if trigger.id == "shelling" and any(
        o.trigger.id == "chemical-gas" and 0 <= event.first - o.last <= 4 for o in here
    ):
        return True  # "استخدم غاز الخردل في قصف المدينة"
    if trigger.id == "ied" and _blown_up(scene, event, here):
        return True
    if trigger.type in BOMBING and event.definite and before in scene.small["because_of"]:
        placed = any(m.first >= event.last for m in scene.places)
        if not placed and any(o.frame in ("leave", "displaced") for o in here):
            return True  # "انسحبوا تحت وطأة القصف", "نزحوا بسبب القصف الجوي"
    if trigger.frame in ("attack", "blast") and event.definite and scene.ends_at("protest_reasons", event.first):
        return True  # "تظاهروا تنديدا بالقصف"
    if trigger.id == "wipe-out" and any(o.type in BOMBING and o.last <= event.first for o in here):
        return True  # "شنت الطائرات غارات على البلدة، أوقعت عشرة قتلى"
    if trigger.id == "disrupt" and "دم" in words[event.first]:  # "شنت الطائرات غارات على المدينة ودمرت مستودعا"
        bombed = any(o.type in BOMBING and o.last <= event.first for o in here)
        return bombed and scene.found("stopped_bombs", event.first, event.last + MEANS) is None
    if trigger.id in ("loot", "ruin") and words[event.first].lstrip("وف").startswith(tuple(scene.small["ruined"])):
        violent = [o for o in here if o.type in BOMBING or o.frame in ("attack", "clash", "blast")]
        return any(o.last <= event.first for o in violent)
    if trigger.frame == "clash" and before in scene.small["during"]:
        return any(o.frame in ("take", "fall", "leave") for o in here) or _taken_later(scene, event)
    mutual = (
        trigger.type == "Shelling/artillery/missile attack"
        and scene.found("mutual", event.last, event.last + 4) is not None
    )
    return mutual and any(o.frame == "clash" for o in here)


def _blown_up(scene: Scene, event: EventWord, here: Sequence[Draft]) -> bool:
    """Whether a bomb is only what a bomber of its clause blows up ("فجر انتحاري سيارة مفخخة")."""
    start = scene.clause_at(event.first).start
    return any(o.type == "Suicide bomb" and o.tense != "noun" and start <= o.first < event.first for o in here)


def _taken_later(scene: Scene, event: EventWord) -> bool:
    """Whether the fighting only stands before the taking of a place in its clause ("تمكنوا بعد معارك من السيطرة على")."""
    clause = scene.clause_at(event.first)
    later = [e for e in scene.events if event.last <= e.first < clause.end]
    return any(e.readings[0][0].frame == "take" and scene.words[e.first - 1] == "من" for e in later)


def leads_over(scene: Scene, event: EventWord, trigger: Trigger) -> bool:
    """Whether the word only leads over to another event: "غارة استهدفت", "استهدفت غارة", "محاولة اقتحام", "شن هجوم … سيطر"."""
    clause = scene.clause_at(event.first)
    if trigger.aim or trigger.id in ("blow-up", "loot"):
        for other in scene.events:
            if other is event or not any(t == "noun" and not r.weak for r, t, _ in other.readings):
                continue
            named = sum(m.last - m.first for m in scene.places if other.last <= m.first and m.last <= event.first)
            distance = event.first - other.last - named
            before = other.last <= event.first and distance <= 10 and clause.start <= other.first
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
    if any(verb_of_means(scene, e) is event for e in scene.events):
        return True  # "استهدفت الطائرات بنحو 14 غارة كلا من"
    if trigger.id == "advance" and any(
        e.readings[0][0].frame == "take" and 0 <= e.first - event.last <= 4 and preposition(e.prefix) == "ب"
        for e in scene.events
    ):
        return True  # "أحرزت تقدما بسيطرتها على"
    if trigger.id == "advance" and _ends_in_taking(scene, event):
        return True
    following = next((e for e in scene.events if e.first >= event.last and e.first - event.last <= 1), None)
    if (
        following is not None
        and event.readings[0][1] == "noun"
        and trigger.id in ("assault", "operation", "take", "advance")
    ):
        gap = scene.words[event.last : following.first]
        apart = following.prefix.startswith("و") or preposition(following.prefix) in ("ب", "ل") or "،" in gap
        return not apart and following.readings[0][1] == "noun"
    return False


def _ends_in_taking(scene: Scene, event: EventWord) -> bool:
    """Whether an advance that names no place of its own goes on to what was taken ("حققوا تقدما وسيطروا على")."""
    near = [e for e in scene.events if event.last <= e.first <= event.last + FURTHER]
    taken = next((e for e in near if e.readings[0][0].frame == "take" and preposition(e.prefix) != "ل"), None)
    if taken is None or any(scene.found(f"anaphora.{level}", event.last, taken.first) for level in ANAPHORA):
        return False
    return not any(event.last <= m.first < taken.first for m in (*scene.places, *scene.actors))


def held(scene: Scene, event: EventWord) -> bool:
    """Whether words say who holds a place, or held it once, and not who takes it ("مناطق سيطرة", "الخاضعة لسيطرة")."""
    if scene.words[event.last : event.last + 1] and scene.words[event.last] in scene.small["their_places"]:
        return True  # "عادوا بعد تحرير مناطقهم"
    if event.first == 0 or "سيطر" not in scene.words[event.first]:
        return False
    clause = scene.clause_at(event.first)
    of_its_holder = event.readings[0][2] or scene.words[event.first - 1] == "عن"
    if of_its_holder and scene.found("losing", clause.start, event.first):
        return True  # "فقد الجيش سيطرته على", "خرجت المدينة عن سيطرته"
    if event.readings[0][1] != "noun" or scene.found("able", clause.start, event.first):
        return False
    if scene.words[event.first - 1] == "من" and _some_time_after(scene, event.first - 1):
        return False
    return scene.ends_at("holding", event.first) or event.prefix in ("ل", "لل")


def _some_time_after(scene: Scene, token: int) -> bool:
    """Whether "from" only counts the time since a deed ("بعد يوم من سيطرة الجيش على القرية")."""
    before = scene.words[max(token - 4, 0) : token]
    return any(word in ("بعد", "عقب", "وبعد") for word in before) and before[-1] in scene.small["since"]


def only_outcome(scene: Scene, event: EventWord, others: Sequence[Draft]) -> bool:
    """Whether a killing, or the loss of a vehicle, is only the outcome of another event of its sentence."""
    here = [o for o in others if o.sentence == scene.sentence.number]
    if any(m.first == event.last and m.rule.startswith("air") for m in scene.actors):
        return False  # "قتلت طائرة مسيرة إسرائيلية أربعة خلال اقتحام المخيم"
    if event.readings[0][0].frame == "kill" and here and _beside_others(scene, event, here):
        return False
    return any(o.type != "Other" and not o.trigger.outcome and o.trigger.id != "withdraw" for o in here)


def _beside_others(scene: Scene, event: EventWord, here: Sequence[Draft]) -> bool:
    """Whether a killing led in by "also" happened at a place of its own ("قتل خمسة في دوما، كما قتل ثلاثة في سقبا")."""
    clause = scene.clause_at(event.first)
    if clause.opener not in scene.small["also"] or event.first - clause.start > 2:
        return False
    own = [m for m in scene.places if event.last <= m.first < clause.end and m.value.level in FINE]
    return bool(own) and all(o.place is not None and o.place.place.id != own[0].value.id for o in here)


def told_already(scene: Scene, event: EventWord, trigger: Trigger, clause: Clause, others: Sequence[Draft]) -> bool:
    """Whether the word goes on with what its sentence has told: "اعتقلوه … واقتادوه", "سيطرت … وطردت", "فضت مظاهرة"."""
    before = [o for o in others if o.sentence == scene.sentence.number and o.modality == "happened"]
    if trigger.frame in ("protest", "protesters"):
        if scene.words[event.first] in scene.small["reasons"]:
            return bool(before)
        why = scene.spans("protest_reasons", clause.start, event.first)
        if trigger.frame == "protesters" and before and any(event.first - last <= 1 for _, last in why):
            return True  # "تظاهروا احتجاجا على مقتل متظاهرين"
        return any(o.trigger.id == "disperse" and 0 <= event.first - o.last <= BROKEN_UP for o in before)
    back = scene.words[event.first - 1] if event.first else ""
    if trigger.frame == "seize" and event.readings[0][2] and back in scene.small["after_it"]:
        return True  # "أفرجت عنهم بعد عام على احتجازهم"
    if trigger.id == "withdraw" and _only_leave_again(scene, event, clause):
        return True
    if trigger.id == "abduct" and "اقتيد" in scene.words[event.first] and any(o.frame == "seize" for o in before):
        return True  # "اعتقلت 11 شابا، اقتيدوا إلى جهة مجهولة"
    if trigger.id in SHOTS and event.readings[0][1] != "noun" and _who_it_was(scene, event, clause):
        return True
    if trigger.frame == "take" and back in scene.small["widening"] and not _placed_after(scene, event, clause):
        return any(o.frame == "take" for o in before)  # "دخلت المدينة ووسعت سيطرتها"
    if trigger.id == "loot" and event.prefix[:1] == "و" and any(o.trigger.id == "loot" for o in before):
        return True  # "حطموا التماثيل ونهبوا المحال"
    if event.readings[0][1] == "noun" and any(
        o.trigger is trigger and o.last == event.first and o.actor1 for o in before
    ):
        return True  # "استعادت السيطرة على المحطة"
    crowds = [o for o in before if o.frame in ("protest", "protesters")]
    if trigger.id in RIOTOUS and event.prefix[:1] in ("و", "ف") and event.readings[0][1] != "noun":
        return bool(crowds)  # "كسر المحتجون الأبواب واقتحموا المبنى"
    frames = {"seize"} if trigger.frame == "seize" and event.readings[0][2] else set()
    frames |= {"take"} if trigger.id == "expel" else set()
    frames |= {"take", "leave"} if trigger.frame == "leave" and clause.kind == "after" else set()
    own = event.readings[0][2] and not _taken_back(scene, event)
    if trigger.frame == "take" and clause.kind == "after" and own:
        frames |= {"take"}  # "سيطروا على المدينة بعدما دخلوها أمس"
    return any(o.frame in frames for o in before)


def _who_it_was(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether a verb only says who did what was told ("الجيش هو الذي أطلق النار", "الجهة التي فتحت النار"): no place follows."""
    pointed = clause.kind == "relative" and event.first - clause.start <= 1
    pointed = pointed or (event.first > 0 and scene.words[event.first - 1] == "من")
    return pointed and not _placed_after(scene, event, clause)


def _only_leave_again(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether attackers only leave again, and no place that they held ("قتلوا ثلاثة جنود قبل أن ينسحبوا إلى البادية")."""
    after = [m for m in scene.places if event.last <= m.first < clause.end]
    left = any(scene.words[m.first - 1] not in scene.small["left_for"] for m in after)
    struck = any(e.first < event.first and e.readings[0][0].frame in STRUCK for e in scene.events)
    return struck and not left and clause.start >= event.first - BACK_OFF


def _placed_after(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether a place stands after an event word in its clause."""
    return any(event.last <= m.first < clause.end for m in scene.places)


def retold(scene: Scene, event: EventWord, clause: Clause) -> bool:
    """Whether a court, a film or a book tells of it, or it is only told to have stopped."""
    fled = event.readings[0][0].frame == "displaced" and event.readings[0][1] != "noun"
    if fled and scene.found("saying", max(clause.start, event.first - WHO_SPEAKS), event.first):
        return True  # "قال سكان نزحوا إلى المدينة إن"
    stopped = event.readings[0][1] == "noun" and scene.ends_at("stopped", event.first)
    return stopped or scene.found("retold", clause.start, event.first) is not None


def _for_arrests(scene: Scene, event: EventWord) -> bool:
    """Whether those who enter a place only take people away there ("اقتحمت قوات الأمن البلدة واعتقلت ثلاثين شابا")."""
    return any(e.readings[0][0].frame == "seize" and e.readings[0][0].id != "raid" for e in scene.events)


def accident(scene: Scene, trigger: Trigger, roles: Roles) -> bool:
    """Whether the weather did it, or a killing that names nobody who did it stands beside an accident or an illness."""
    if any(armed(a.actor) for a in (*roles.agents, *roles.patients)):
        return False
    end = len(scene.words)
    if trigger.frame in ("kill", "blast") and not roles.agents and scene.found("accident", 0, end) is not None:
        return True
    return scene.found("nature", 0, end) is not None


def needs_met(trigger: Trigger, roles: Roles, setting: Setting, tense: Tense, scene: Scene, event: EventWord) -> bool:
    """Whether an event has the parties and the place without which its trigger means nothing; else it is not drafted."""
    clause = scene.clause_at(event.first)
    fighting = any(armed(a.actor) for a in (*roles.agents, *roles.patients))
    checks = {
        "place": bool(setting.places) and (setting.own or trigger.frame in ("take", "leave", "displaced", "other")),
        "agent": bool(roles.agents),
        "armed": fighting,
        "parties": bool(roles.agents and roles.patients),
        "place-or-parties": setting.own or bool(roles.agents and roles.patients),
        "place-or-agent": setting.own or bool(roles.agents) or setting.whence,
        "armed-or-place": fighting or setting.own or (bool(setting.places) and trigger.frame in ("other", "seize")),
        "near-place": bool(setting.places) and (setting.rule not in LOOSE or event.readings[0][2]),
    }
    if not all(checks[need] for need in trigger.needs) or accident(scene, trigger, roles):
        return False
    of_people = trigger.id == "storm" and not any(armed(a.actor) for a in roles.patients)
    if of_people and (_of_a_home(scene, event) or _for_arrests(scene, event)):
        return False
    if trigger.frame == "take" and roles.agents and all(a.actor.camp == "civilians" for a in roles.agents):
        return False  # "يحتل المتظاهرون الساحة"
    if trigger.frame == "take" and tense == "present" and _back_to_place(scene, clause):
        return False
    if (trigger.frame == "fall" or trigger.id == "deploy") and tense == "present" and scene.sentence.paragraph >= 0:
        return False  # "حيث ينتشر مقاتلون": they stand there
    if trigger.frame == "take" and tense == "present" and _after_before(scene, event):
        return _taken_back(scene, event) and setting.own and bool(roles.agents)
    if trigger.frame == "take" and tense == "present" and not _headline(scene):
        return clause.kind in ("main", "and") and not holds(scene, clause)
    if trigger.frame == "take" and tense == "noun" and not roles.agents:
        return setting.own
    if setting.places and all(p.place.level == "country" for p in setting.places):
        return trigger.frame in ("move", "agree", "form") and bool(roles.agents)
    return True


def _taken_back(scene: Scene, event: EventWord) -> bool:
    """Whether "before" leads to those who took a place back from those who had taken it ("قبل أن تستعيده القوات")."""
    took = any(e.readings[0][0].frame == "take" and e.last <= event.first for e in scene.events)
    return _after_before(scene, event) and scene.words[event.first].endswith(("ها", "ه", "هما")) and took


def _after_before(scene: Scene, event: EventWord) -> bool:
    """Whether "قبل أن" leads to a verb."""
    return scene.words[max(event.first - 2, 0) : event.first] == ("قبل", "ان")


def _of_a_home(scene: Scene, event: EventWord) -> bool:
    """Whether somebody's house is broken into, and no place ("اقتحمت منازلهم", "اقتحام منزله")."""
    return any(word in scene.small["homes"] for word in scene.words[event.last : event.last + 4])


def _back_to_place(scene: Scene, clause: Clause) -> bool:
    """Whether a clause says of a place who holds it ("مناطق يسيطر عليها مسلحون")."""
    return any(word in scene.small["over_it"] for word in scene.words[clause.start : clause.end])


def holds(scene: Scene, clause: Clause) -> bool:
    """Whether "يسيطر" stands in a clause: outside headlines its present tells who holds a place."""
    return any("سيطر" in word for word in scene.words[clause.start : clause.end])


def _headline(scene: Scene) -> bool:
    return scene.sentence.paragraph < 0 or (scene.sentence.number == 0 and len(scene.words) <= HEADLINE)


def only_named(scene: Scene, trigger: Trigger, event: EventWord, setting: Setting) -> bool:
    """Whether an attack is only named, as one that is told elsewhere ("قال إن الهجوم", "ويأتي القصف بعد أيام من")."""
    if event.readings[0][1] != "noun" or not event.definite:
        return False
    led_in = event.first > 0 and scene.words[event.first - 1] in scene.small["comes"]
    if led_in and trigger.frame in ("attack", "hit", "blast", "clash"):
        return True
    return trigger.assault and setting.rule in LOOSE


def killing_stands(setting: Setting, kind: str) -> bool:
    """A bare killing is an event only at a place of its own that is no governorate: else it is a day's toll."""
    if kind != "Attack" and kind != "Armed clash":
        return True
    return setting.own and bool(setting.places) and setting.places[0].place.level not in ("governorate", "country")
