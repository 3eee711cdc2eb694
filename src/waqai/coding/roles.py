"""Roles: who acts and who is acted on, from the order of verb, subject and object, and from markers.

Arabic puts the subject after the verb (قصف النظام المدينة) or before it (إن النظام قصف المدينة); an event noun takes its agent
as a genitive (قصف النظام), through a preposition (من قبل), from the verb that carries it (شن النظام غارات), or not at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.coding.scene import Scene, SupportWord, preposition, within
from waqai.model.mention import Actor, Mention
from waqai.model.quick import quick
from waqai.model.report import NamedActor

UNIT_OF = 5  # tokens between a unit and the party it is of
LED = 3  # tokens between a weapon or a deed and the verb that it is the subject of
UNIT_VERB = 8  # tokens between that party and the verb behind it
UNDER = 3  # tokens between "of" and the party that somebody is of
ARMED_KINDS = frozenset({"state forces", "rebel group", "political militia", "identity militia", "external forces"})


@quick
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
    hers = word.endswith("ت") and not feminine(scene, kept[-1])
    return [m for m in candidates if feminine(scene, m)] or kept if hers else kept


def feminine(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a party takes a feminine verb: its first word is one, or the plural of things ("القوات", "الفصائل")."""
    head = scene.words[m.first].removeprefix("و").removeprefix("ال")
    return head.endswith(("ه", "ات")) or head in scene.small["feminine_heads"]


def _is_hit(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether what a party has is the object ("هجوما على مواقع القوات الحكومية", "هاجم التنظيم مواقع النظام")."""
    token = before_quotes(scene, m.first)
    if token < 1 or scene.words[token] not in scene.small["hit"] | scene.small["possessions"]:
        return False
    return scene.words[token - 1] in scene.small["over"] or any(o.last == token for o in scene.actors)


def condemns(scene: Scene, m: Mention[Actor]) -> bool:
    """Whether a party stands right behind a word of condemning ("دانت تركيا قصف البلدة")."""
    return scene.ends_at("condemning", before_quotes(scene, m.first) + 1)


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
    own = last + (scene.words[last : last + 1] != () and scene.words[last] in scene.small["one_of"])
    if scene.words[own : own + 1] != () and scene.words[own] in scene.small["own_forces"]:
        return _only_party_before(scene, first)
    clause = scene.clause_at(first)
    pool = [m for m in within(scene.actors, clause.start, len(scene.words)) if can_act(m)]
    right = next((m for m in pool if m.first >= last), None)
    bare = right is not None and right.first == last and not preposition(right.prefix)  # "حول الحوثيون مدرسة"
    if right is not None and (
        not (bare or nominal(scene, right)) or right.first - last > limit or right.first >= clause.end
    ):
        right = None
    if right is not None and right.first - last <= 1 and _oblique(scene, right, first, last):
        right = None  # "أخرجت مقاتلي داعش من القرية"
    if right is not None and (scene.verb_between(last, right.first) or _met(scene, last, right.first)):
        right = None
    unit = whose_unit(scene, first, last, pool)
    if unit:
        return unit, "whose unit it was"
    left_pool = [m for m in within(scene.actors, clause.start, first) if can_act(m)]
    left = next((m for m in reversed(left_pool) if nominal(scene, m)), None)
    if left is not None and (scene.verb_between(left.last, first) or another_named(scene, left.last, first)):
        left = None
    if left is not None and left.last == first and condemns(scene, left):
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


def whose_unit(scene: Scene, first: int, last: int, pool: Sequence[Mention[Actor]]) -> list[Mention[Actor]]:
    """The party whose unit, guns or aircraft are the subject of the verb at tokens `first` to `last`, behind it or before it
    ("دكت بارجة تابعة للتحالف مواقع", "إن حاجزا للمخابرات العسكرية اعتقل طالبا"); [] where anything else stands between, or no
    object follows: then the unit may be what was hit ("استهدفت دورية للنظام بعبوة", "عبوة تستهدف دورية للنظام").
    """
    behind = [m for m in pool if m.first > last][:1]
    led = any(0 <= first - w.last <= LED for w in scene.weapons) or any(
        0 <= first - e.last <= LED for e in scene.events
    )
    carried = all(
        e.first != first for e in scene.events
    )  # "قامت دورية للأمن باعتقال": nobody is hit by a verb that only carries
    sure = carried or (not led and (_object_at(scene, behind[0].last) if behind else False))
    sure = sure or _bare(scene, last) in scene.small["seldom_hit"]
    if behind and sure and _of_unit(scene, last, behind[0]):
        return behind
    before = [m for m in pool if m.last <= first][-1:]
    apart = not before or first - before[0].last > UNIT_VERB or scene.verb_between(before[0].last, first)
    if apart or not (carried or _object_at(scene, last)):
        return []
    heads = range(max(0, before[0].first - UNIT_OF), before[0].first)
    free = [i for i in heads if i == 0 or scene.words[i - 1] not in scene.small["prepositions"]]
    return before if any(_of_unit(scene, i, before[0]) for i in free) else []


def _bare(scene: Scene, token: int) -> str:
    """The word at a token without "and" and the article."""
    return scene.words[token].removeprefix("و").removeprefix("ال") if token < len(scene.words) else ""


def _object_at(scene: Scene, token: int) -> bool:
    """Whether an object stands at a token, or behind the time told there: a word, and no preposition."""
    for m in scene.dates:
        token = m.last if m.first <= token < m.last else token
    word = scene.words[token] if token < len(scene.words) else "،"
    told = any(m.first == token and not preposition(m.prefix) for m in (*scene.places, *scene.actors))
    told = told or any(p.first == token for p in scene.people)
    with_it = word.startswith(("ب", "لل")) and not told  # "استهدف حاجز للنظام بقذيفة"
    return word.isalpha() and word not in scene.small["prepositions"] and not with_it


def _of_unit(scene: Scene, head: int, owner: Mention[Actor]) -> bool:
    """Whether a party is told as the owner of the unit at a token, by "of" with nothing but its kind between."""
    gap = scene.words[head + 1 : owner.first]
    word = _bare(scene, head) if head < owner.first else ""
    told = bool(gap) and gap[-1] in scene.small["belonging"]
    if word not in scene.small["owned_arms"] or len(gap) > UNIT_OF or preposition(owner.prefix) != "ل":
        return False
    plain = all(w not in scene.small["prepositions"] and w != "،" and not w.endswith("ا") for w in gap)
    alone = not any(o.last > head and o.first < owner.first and o.value.camp != "unknown" for o in scene.actors)
    return armed(owner.value) and (told or not gap) and plain and alone


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


def _only_party_before(scene: Scene, first: int) -> tuple[list[Mention[Actor]], str]:
    """The party before a verb whose subject is forces of "his" ("كما استهدف طيرانه المشفى"); nobody where there are two."""
    before = [m for m in scene.actors if m.last <= first and armed(m.value)]
    alone = len({m.value.camp for m in before}) == 1
    return (before[-1:], "whose forces they are") if alone else ([], "")


def _oblique(scene: Scene, m: Mention[Actor], first: int, verb: int) -> bool:
    """Whether a party right behind a verb is written as its object ("مقاتلي", "الحوثيين"), as no subject is; behind a noun
    ("محاولة الحوثيين") it is none."""
    if not scene.verb_between(first, first + 1):
        return False
    word = scene.words[verb]
    return word in scene.small["oblique"] or (m.first == verb and word.endswith("يين") and word.startswith("ال"))


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
    at = _past_its_make(scene, m.last)
    if scene.words[at : at + 1] == () or scene.words[at] not in scene.small["belonging"]:
        return None
    behind = (o for o in scene.actors if at < o.first <= at + UNDER and preposition(o.prefix) == "ل")
    master = next(behind, None)
    other = master is not None and armed(master.value) and master.value.camp not in ("unknown", m.value.camp)
    return master if other else None


def _past_its_make(scene: Scene, at: int) -> int:
    """The token behind a closing quotation mark, or behind a make in quotation marks ("مروحيات «أباتشي» تابعة للتحالف")."""
    quoted = scene.words[at : at + 1] == ('"',)
    if quoted and scene.words[at + 2 : at + 3] == ('"',):
        return at + 3
    return at + quoted


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
