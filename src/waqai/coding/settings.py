"""Settings: where an event happened, among all the places that its sentence and the sentences before it name."""

from collections.abc import Sequence
from dataclasses import dataclass

from waqai.arabic.letters import fold
from waqai.coding.draft import BOMBING, Memory
from waqai.coding.roles_of_nouns import carrying_verb
from waqai.coding.scene import Clause, EventWord, Scene, preposition, within
from waqai.coding.settings_lists import BETWEEN, FINE, coarser, with_list
from waqai.model.mention import Mention, Place
from waqai.model.quick import quick, replace
from waqai.model.report import NamedPlace

NEARER = (*FINE, "area")  # than a country
AIMED = ("rocket-fall", "shelling", "missile-strike", "advance", "assault")
FLIGHT = 9  # steps from a rocket or an attack to where it goes
AGAIN = 6  # tokens before a place within which "besides", "and over" may take it up
FROM_IT = 7  # words between a word of leaving and "from it"
AIM = 4  # tokens from where fire comes to where it goes
ANAPHORA = {
    "settlement": ("settlement",),
    "neighbourhood": ("neighbourhood", "settlement"),
    "area": ("area", "settlement", "neighbourhood"),
    "governorate": ("governorate",),
    "site": ("site",),
}


@quick
@dataclass(frozen=True, slots=True)
class Setting:
    """The places of one event (several when it is told of a list), the rule, whether the sentence itself gives them.

    `vague` says that the text names none on purpose ("عدة مواقع"): none may then be taken from elsewhere. `whence` says that the
    sentence names only where those who move come from.
    """

    places: tuple[NamedPlace, ...] = ()
    rule: str = ""
    own: bool = False
    considered: tuple[str, ...] = ()
    vague: bool = False
    whence: bool = False


def usable(scene: Scene, seized: bool = False) -> list[Mention[Place]]:
    """The places of a sentence without those that only say whence, whither, beside what or of where somebody is.

    Where people are `seized`, the place they are of is the place.
    """
    out, passed = [], -1  # the token after a place passed over: what stands right there only says where that lies
    for m in scene.places:
        if m.first == passed and not m.prefix and scene.words[m.first] not in scene.small["many_places"]:
            continue
        if m.first and preposition(m.prefix) == "ل" and scene.words[m.first - 1] in scene.small["loyal"]:
            continue
        lifted = scene.ends_at("lifted_from", m.first)  # "فك الحصار عن البلدة"
        if scene.ends_at("not_here_before", m.first) and preposition(m.prefix) != "ب" and not lifted:
            passed = m.last
            continue
        if scene.ends_at("people_from", m.first) and not seized:
            continue
        if m.first and scene.words[m.first - 1] == "الي" and scene.words[m.first] in scene.small["hospitals"]:
            continue  # "نقلوا على الفور إلى مشفى البلدة"
        if m.value.level == "country" and preposition(m.prefix) != "ب" and _qualifies(scene, m):
            continue
        out.append(m)
    return out


def _only_people(scene: Scene, pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """The places that are not merely somebody's home ("أهالي جرمانا"), or all of them when there is no other."""
    return [m for m in pool if not scene.ends_at("people_of", m.first)] or list(pool)


def _without_origins(scene: Scene, pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """The places but those that somebody only comes from ("استقدموا تعزيزات من الشدادي والحسكة")."""
    out: list[Mention[Place]] = []
    left = -1  # the token after a place left out: what "and" joins to it was left as well
    for m in pool:
        before = scene.words[m.first - 1] if m.first else ""
        gate = scene.words[m.first] in scene.small["gates"]
        whence = before == "من" and not gate and scene.words[m.first - 2] not in scene.small["sets_out"]
        if whence or (m.first == left and m.prefix == "و"):
            left = m.last
        else:
            out.append(m)
    return out


def _qualifies(scene: Scene, m: Mention[Place]) -> bool:
    return m.first > 0 and scene.words[m.first - 1] not in scene.small["inside"]


def settle(scene: Scene, event: EventWord, memory: Memory, reach: tuple[int, int]) -> Setting:
    """Where the event at an event word happened; `reach` are the tokens in which its own words may stand."""
    pool = usable(scene, event.readings[0][0].frame == "seize")
    if event.readings[0][0].frame != "protest":  # people protest where they live
        pool = _only_people(scene, pool)
    named = len(pool)
    if event.readings[0][0].arrives:
        pool = _without_origins(scene, [m for m in scene.places if m in pool or _bound_for(scene, m)])
    clause = scene.clause_at(event.first)
    chosen, rule = _over_it(scene, event), "place that the pronoun means"
    if not chosen and event.readings[0][0].frame == "leave":
        pool = [m for m in pool if not _bound_for(scene, m)] or pool
        chosen = _from_it(scene, event) or _left_behind(scene, event, memory, reach)
    if not chosen:
        chosen, rule = _became(scene, event, pool, clause), "subject of the verb of becoming"
    if not chosen:
        chosen, rule = _named_after(scene, event, pool), "towns named after a general place"
    if not chosen:
        chosen, rule = _saw(scene, event, pool), "subject of the verb that carries it"
    if not chosen:
        chosen, rule = _right(scene, event, pool, reach[1]), "object of the event word"
    if not chosen and scene.found("unspecific", event.last, min(event.last + 7, reach[1])):
        return Setting(vague=True)
    if not chosen:
        chosen, rule = _toward(scene, event, reach), "what it was aimed at"
    if not chosen:
        chosen, rule = _antecedent(clause, pool), "antecedent of the relative clause"
    if not chosen:
        chosen, rule = _anaphor(scene, event, memory, reach), "anaphor"
    if not chosen:
        chosen, rule = _left(scene, event, pool, clause), "before the event word"
    if chosen and all(m.value.level == "country" for m in chosen):
        chosen = _finer_later(event, pool, chosen)
    if chosen:
        chosen = [*chosen, *_resumed(scene, event, pool, chosen)]
        others = tuple(m.span.text for m in scene.places if m not in chosen)
        return Setting(tuple(_named(scene, event, m) for m in chosen), rule, True, others)
    chosen = _elsewhere(scene, event, pool, clause)
    if chosen:
        return Setting(tuple(NamedPlace(m.value, m.span) for m in chosen), "same sentence", True)
    return Setting(whence=len(pool) < named)


def _finer_later(
    event: EventWord, pool: Sequence[Mention[Place]], chosen: list[Mention[Place]]
) -> list[Mention[Place]]:
    """The town that the end of the sentence names, for an event told of the country ("غارة في اليمن أدت إلى مقتل 12 في حجة")."""
    if event.readings[0][0].frame not in ("attack", "hit", "blast"):
        return chosen
    country = chosen[0].value.country
    later = [m for m in pool if m.first >= chosen[0].last and m.value.country == country and m.value.level in NEARER]
    return later[:1] or chosen


def _named(scene: Scene, event: EventWord, m: Mention[Place]) -> NamedPlace:
    """The place, or only somewhere in it where a part of it was taken ("سيطروا على بلدتين بحماة", "على مبنى في مدينة")."""
    part = event.readings[0][0].frame == "take" and m.value.relation is None and m.value.level not in ("site", "area")
    if part and event.last <= m.first and any(scene.at("part_heads", i) for i in range(event.last, m.first)):
        return NamedPlace(replace(m.value, relation="site in", precision=max(2, m.value.precision)), m.span)
    return NamedPlace(m.value, m.span)


def _resumed(
    scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], chosen: Sequence[Mention[Place]]
) -> list[Mention[Place]]:
    """Places that are taken up again further on ("سيطروا على سراقب بعد معارك، وعلى المعرة", "قصفت حلب، إضافة إلى مارع")."""
    after = max(m.last for m in chosen)
    if chosen[0].first < event.last:
        return []
    trigger = event.readings[0][0]
    took = trigger.frame == "take" or (trigger.type in BOMBING and chosen[0].value.level in FINE)
    found: list[Mention[Place]] = []
    for m in pool:
        again = next(
            (i for i in range(m.first - 1, max(m.first - AGAIN, after - 1), -1) if _takes_up(scene, i, took)), None
        )
        apart = again is not None and (
            any(after <= e.first < again and e.readings[0][1] != "noun" for e in scene.events)
            if scene.words[again] == "وعلي"
            else scene.verb_between(after, again)
        )
        if m.first >= after and again is not None and not apart:
            found += with_list(scene, m, [p for p in pool if p.first >= m.first])
            after = max(found[-1].last, after)
    return found


def _takes_up(scene: Scene, token: int, took: bool) -> bool:
    """Whether a word goes on with the places of an event: "besides", "as well as"; "and over" for a taking."""
    return scene.at("besides", token) is not None or (took and scene.words[token] == "وعلي")


def _over_it(scene: Scene, event: EventWord) -> list[Mention[Place]]:
    """The place just named (or both) that a taking is told of with a pronoun ("تقدموا نحو القرية وبسطوا سيطرتهم عليها")."""
    if event.readings[0][0].frame != "take" or event.last >= len(scene.words):
        return []
    takers = [m.last for m in scene.actors if m.first == event.last]  # "وسيطرت قوات النظام عليهما"
    at = takers[0] if takers and takers[0] < len(scene.words) else event.last
    if scene.words[at] not in scene.small["over_it"]:
        return []
    before = [m for m in scene.places if m.last <= event.first and m.value.level in FINE]
    return before[-2:] if scene.words[at] in scene.small["over_both"] else before[-1:]


def _bound_for(scene: Scene, m: Mention[Place]) -> bool:
    """Whether a place is only where those who leave go ("انسحبوا إلى بلدة السوسة")."""
    before = scene.words[m.first - 1] if m.first else ""
    return before == "الي" or before in scene.small["toward"]


def _from_it(scene: Scene, event: EventWord) -> list[Mention[Place]]:
    """The place named before that "from it" means ("سيطروا على البوكمال بعد انسحاب التنظيم منها إلى السوسة")."""
    after = range(event.last, min(event.last + FROM_IT, len(scene.words)))
    at = next((i for i in after if scene.words[i] in scene.small["from_it"]), None)
    if at is None or any(event.last <= m.first < at for m in scene.places):
        return []
    before = [m for m in scene.places if m.last <= event.first and m.value.level in FINE]
    return before[-1:]


def _left_behind(scene: Scene, event: EventWord, memory: Memory, reach: tuple[int, int]) -> list[Mention[Place]]:
    """The place that "the town" right behind a verb of leaving means ("غادروا المدينة إلى إدلب")."""
    near = (event.last, min(event.last + 2, len(scene.words)))
    told = any(scene.found(f"anaphora.{level}", *near) is not None for level in ANAPHORA)
    return _anaphor(scene, event, memory, reach) if told else []


def _became(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], clause: Clause) -> list[Mention[Place]]:
    """The place that fell into somebody's hands, and none of an aside ("أصبحت سنجة، الواقعة جنوب سنار، تحت سيطرة")."""
    trigger = event.readings[0][0]
    if trigger.id != "now-under" or trigger.with_ is None:
        return []
    verbs = scene.spans(trigger.with_, clause.start, event.first)
    after = within(pool, verbs[-1][1], event.first) if verbs else []
    return with_list(scene, after[0], after) if after and after[0].first - verbs[-1][1] <= 3 else []


def _named_after(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """The towns after "such as" or "among them" ("بلدات عدة بينها تسيل وحيط"), when the words stand with this event."""
    clause = scene.clause_at(event.first)
    at = scene.found("such_as", event.last, len(scene.words))
    at = at or scene.found("such_as", max(clause.start, event.first - 12), event.last)
    if at is None:
        return []
    listed = scene.words[at[0] - 1] == "،" if at[0] else False
    if not listed and any(event.last <= e.first < at[0] and e.readings[0][1] != "noun" for e in scene.events):
        return []
    if at[1] < len(scene.words) and (scene.words[at[1]] == "الي" or scene.words[at[1]] in scene.small["toward"]):
        return []  # "بعد انسحابهم منها باتجاه كفرجنة واعزاز"
    after = [m for m in pool if 0 <= m.first - at[1] <= 2 and m.value.level in FINE]
    if not after or any(at[1] <= e.first < after[0].first and e is not event for e in scene.events):
        return []
    if abs(after[0].first - event.last) > 22:
        return []
    towns = with_list(scene, after[0], [p for p in pool if p.first >= after[0].first])
    return [*_besides(scene, event, pool, at[0]), *towns]


def _besides(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], end: int) -> list[Mention[Place]]:
    """The town that stands before "and several villages, among them" ("سيطروا على بلدة السعن وعدة قرى أهمها سروج")."""
    before = [m for m in within(pool, event.last, end) if m.value.level in FINE]
    if not before or not any(word[0] == "و" for word in scene.words[before[-1].last : end]):
        return []
    return with_list(scene, before[0], before)


def _saw(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """The places that saw or suffered an event, between the verb and its word ("شهدت حماة مظاهرات", "تعرضت عربين لقصف")."""
    support = carrying_verb(scene, event)
    if support is None or not {"place", "patient"} & set(support.roles) or support.last > event.first:
        return []
    subject = within(pool, support.last, event.first)
    if not subject or subject[0].value.level not in FINE or subject[0].first - support.last > 4:
        return []
    return with_list(scene, subject[0], subject)


def _right(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], end: int) -> list[Mention[Place]]:
    right = within(pool, event.last, end)
    if event.readings[0][0].frame == "move" or event.readings[0][0].arrives:
        crossed = [m for m in right if scene.words[m.first] in scene.small["crossings"]]
        right = crossed or [m for m in right if _bound_for(scene, m)] or right  # "تعزيزات من ريمة إلى الساحل الغربي"
    if event.readings[0][0].type in BOMBING:
        right = [m for m in right if not _fired_from(scene, m, right)]
    if not right or _pointed_before(scene, event, right[0]):
        return []
    m = _finest(scene, right)
    return with_list(scene, m, [p for p in right if p.first >= m.first])


def _fired_from(scene: Scene, m: Mention[Place], right: Sequence[Mention[Place]]) -> bool:
    """Whether fire only comes from a place, and a later one is hit ("قصف من تلة عرب على المدينة")."""
    before = list(scene.words[max(0, m.first - 3) : m.first])
    whence = before[-1:] == ["من"] and not scene.ends_at("part_heads", m.first - 1)
    whence = whence or (before[:1] == ["من"] and before[2:] == ["في"])
    if not whence:
        return False
    later = next((o for o in right if o.first >= m.last), None)
    if later is None or later.first - m.last > AIM:
        return False
    return scene.words[later.first - 1] == "علي" or (later.first == m.last and not later.prefix)


def _toward(scene: Scene, event: EventWord, reach: tuple[int, int]) -> list[Mention[Place]]:
    """The place that rockets fly to or that somebody tries to reach ("أطلقت صواريخ من غزة باتجاه عسقلان")."""
    if event.readings[0][0].id not in AIMED:
        return []
    right = within(scene.places, event.last, reach[1])
    near = [m for m in right if m.first <= scene.ahead(event.last, FLIGHT)]
    return [m for m in near if scene.words[m.first - 1] in scene.small["toward"]][:1]


def _pointed_before(scene: Scene, event: EventWord, place: Mention[Place]) -> bool:
    """Whether "the city" stands after an event and the next place only after another ("الهجوم على المدينة مع سيطرتهم على حارم")."""
    following = next((e for e in scene.events if e.first >= event.last), None)
    if following is None or following.first > place.first:
        return False
    return any(scene.found(f"anaphora.{level}", event.last, following.first) for level in ANAPHORA)


def _finest(scene: Scene, right: Sequence[Mention[Place]]) -> Mention[Place]:
    """The first place, unless a finer one follows inside it ("في محافظة درعا، في بلدة الجيزة", "بلدات عدة بينها")."""
    m = right[0]
    for other in right[1:4]:
        gap = scene.words[m.last : other.first]
        if any(w in scene.small["lying"] for w in gap):
            break
        listed = other.prefix.startswith("و") or any(w in scene.small["place_ands"] for w in gap)
        inside = len(gap) <= 4 and not listed and not any(w in scene.small["motion"] for w in gap)
        wide = m.value.level in ("governorate", "area", "country", "settlement") or m.value.relation == BETWEEN
        if inside and coarser(m, other) and wide:
            if m.value.level == "settlement" and other.value.level == "settlement":
                break
            if m.value.governorate in (None, other.value.governorate) or m.value.level == "country":
                m = other
                continue
        break
    return m


def _antecedent(clause: Clause, pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    if clause.kind != "relative":
        return []
    before = [m for m in pool if m.last <= clause.start and clause.start - m.last <= 3]
    return before[-1:] if before else []


def _left(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], clause: Clause) -> list[Mention[Place]]:
    left = within(pool, clause.start, event.first)
    if not left:
        return []
    m = left[-1]
    support = carrying_verb(scene, event)
    if support is not None and set(support.roles) & {"place", "patient"}:
        subject = [p for p in left if p.first >= support.last]
        if subject:
            m = _finest(scene, subject)
            return with_list(scene, m, [p for p in left if p.first >= m.first])
    start = left.index(m)
    while start and left[start].prefix.startswith("و") and left[start].first - left[start - 1].last <= 1:
        start -= 1
    while start and coarser(left[start], left[start - 1]) and left[start].first - left[start - 1].last <= 2:
        start -= 1
    return with_list(scene, left[start], left[start:])


def _elsewhere(scene: Scene, event: EventWord, pool: Sequence[Mention[Place]], clause: Clause) -> list[Mention[Place]]:
    before = [m for m in pool if m.last <= event.first]
    if before:
        m = before[-1]
        for other in reversed(before[:-1]):
            if coarser(m, other) and m.first - other.last <= 2:
                m = other
        return [m]
    if clause.kind in ("sub", "result", "after"):
        return []
    after = [m for m in pool if m.first >= event.last]
    return [_finest(scene, after)] if after and after[0].first - event.last <= 25 else []


def _anaphor(scene: Scene, event: EventWord, memory: Memory, reach: tuple[int, int]) -> list[Mention[Place]]:
    for level, levels in ANAPHORA.items():
        at = scene.found(f"anaphora.{level}", event.last, min(reach[1], event.last + 9))
        if at is None:
            continue
        if any(m.first <= at[1] and m.last > at[0] for m in scene.places):
            continue
        before = [m for m in scene.places if m.last <= at[0]]
        named = [*reversed(before), *reversed(memory.places)]
        meant = [m for m in named if m.value.level in levels and (level != "site" or _same_head(scene.words[at[0]], m))]
        labels = [m for m in meant if m in before and scene.words[m.last : m.last + 1] == (":",)]
        if labels:
            return labels[:1]  # "الرستن: قصف مدفعي على الحي الجنوبي"
        exact = [m for m in meant if m.value.level == level]
        if level == "neighbourhood" and exact:
            meant = exact  # "the quarters" are those of the town, not the town named since
        camps = [m for m in meant if _same_head(scene.words[at[0]], m)]
        if level == "neighbourhood" and camps:
            meant = camps  # "the camp" is no quarter named since
        if meant:
            return _both(meant) if scene.at("anaphora_both", at[0]) is not None else meant[:1]
    return []


def _both(meant: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """The last place and the other one before it ("البلدتين"), in the order of the text."""
    other = next((m for m in meant if m.value.id != meant[0].value.id), None)
    return [meant[0]] if other is None else [other, meant[0]]


def _same_head(word: str, m: Mention[Place]) -> bool:
    return word.removeprefix("ب").removeprefix("ال") in fold(m.span.text)
