"""Merging within an article: title, lead and a later paragraph may tell one event; it becomes one draft."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from waqai.coding.draft import Draft, Toll
from waqai.model.mention import Place
from waqai.model.quick import replace
from waqai.model.report import Modality, NamedActor

CLOSE = 15.0  # km
PROVINCE = 120.0  # km within which two places may lie in one province
BESIDE = 2.5  # km within which a building may stand in a quarter
ONE_DAY, NO_DAY = dt.timedelta(days=1), dt.timedelta(0)
BACK, NEARBY = 3, 12  # sentences and events back to which "the shelling" may point
WINDOW = 200  # events back to which a sentence may return
TERRITORY = frozenset(
    {"Government regains territory", "Non-state actor overtakes territory", "Non-violent transfer of territory"}
)
GUNS = ("small arms", "sniper")
REMOTE = frozenset(
    {
        "Air/drone strike", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED", "Suicide bomb",
        "Chemical weapon", "Grenade",
    }
)  # fmt: skip
VIOLENCE = REMOTE | {"Attack", "Armed clash"}
NO_AIRCRAFT = ("rebel group", "political militia", "identity militia")
BROKEN_UP = (
    {"Peaceful protest", "Excessive force against protesters"},
    {"Peaceful protest", "Protest with intervention"},
)
VAGUE = frozenset(
    {"heard", "shelling", "blast", "target-weapon", "strike", "aggression", "assault", "kill", "massacre"}
)
OPEN = VAGUE | {"struck"}
POINTED = frozenset({"blast", "suicide", "ied", "assault", "massacre"})  # with the article: the one told before
LEAVING, TAKING = ("withdraw", "lose"), ("take", "expel")
ONE_ACT = (
    "Disrupted weapons use",
    "Agreement",
    "Change to group/activity",
)  # the town and its quarter tell one of these
WIDE = ("area", "governorate")
WIDEST = (*WIDE, "country")
ORDER = ("site", "neighbourhood", "settlement", "area", "governorate", "country")

Allies = Mapping[str, frozenset[str]]


def merge_drafts(drafts: Sequence[Draft], allies: Allies) -> list[Draft]:
    """Drafts in the order of the text to events, each told once; a headline gives way to the sentence that tells more.

    `allies` holds for each camp those on its side (`Codebook.allies`).
    """
    events: list[Draft] = []
    for told in drafts:
        draft = _typed_as_before(events, told)
        index = _same_as(events, draft, allies)
        if index is None:
            events.append(draft)
        else:
            events[index] = merge(events[index], draft)
    return [e for e in events if not _empty_headline(e, events)]


def _typed_as_before(events: Sequence[Draft], draft: Draft) -> Draft:
    """ "The shelling" is the air strike told just before it."""
    open_word = draft.trigger.id == "shelling" and draft.definite and draft.weapon is None
    if not open_word or draft.type != "Shelling/artillery/missile attack":
        return draft
    before = [e for e in events[-NEARBY:] if e.type in REMOTE and 0 <= draft.sentence - e.sentence <= BACK]
    same = before and all(e.type == "Air/drone strike" and _dates(e, draft) for e in before)
    return replace(draft, type="Air/drone strike") if same else draft


def _empty_headline(event: Draft, events: Sequence[Draft]) -> bool:
    """A headline that was told again in the body by events of its own type, each more exact."""
    if not event.in_title or any(not m.in_title for m in event.merged):
        return False
    return any(
        not e.in_title and not e.background and _one_kind(event, e)
        and (event.place is None or e.place is None or not event.own_place or near(e.place.place, event.place.place))
        for e in events
    )  # fmt: skip


def _one_kind(title: Draft, event: Draft) -> bool:
    """Whether the body may tell with an event's words what a headline tells with its own."""
    pair = {title.type, event.type}
    killing = title.frame == "kill" or title.trigger.id in VAGUE
    return len(pair) == 1 or pair <= TERRITORY or pair <= REMOTE or (killing and pair <= VIOLENCE)


def _same_as(events: Sequence[Draft], draft: Draft, allies: Allies) -> int | None:
    best: tuple[int, int] | None = None
    for index, event in enumerate(events[-WINDOW:], max(0, len(events) - WINDOW)):
        if _same(event, draft, allies):
            score = _closeness(event, draft)
            if best is None or score >= best[0]:
                best = (score, index)
    return best[1] if best else None


def _closeness(a: Draft, b: Draft) -> int:
    place = a.place is not None and b.place is not None and same_place(a.place.place, b.place.place)
    return 4 * place + 2 * (a.type == b.type) + bool(camps(a.actor1) & camps(b.actor1))


def _same(event: Draft, draft: Draft, allies: Allies) -> bool:
    if (draft.another and not _further_back(event, draft)) or _taken_from(event, draft):
        return False
    if _stormed(event, draft) or _left_to(event, draft):
        return _dates(event, draft)
    one = event.sentence != draft.sentence or _one_place_one_type(event, draft) or _two_words(event, draft)
    if not one and (event.listed or draft.listed or not _told_twice(event, draft)):
        return False
    if _points_back(event, draft):
        return _dates(event, draft) and _actors(event, draft, allies)
    return (
        _types(event, draft)
        and _places(event, draft)
        and _dates(event, draft)
        and _actors(event, draft, allies)
        and _modes(event, draft)
    )


def _taken_from(a: Draft, b: Draft) -> bool:
    """Whether one takes a place from those who took it in the other: two takings, one after the other."""
    if a.frame != "take" or b.frame != "take":
        return False
    return bool(camps(a.actor1) & camps(b.actor2)) or bool(camps(b.actor1) & camps(a.actor2))


def _further_back(a: Draft, b: Draft) -> bool:
    """Whether title, or a sentence further back, told an event, so that "also" and "another" may tell it again."""
    return a.in_title or (a.sentence + 1 < b.sentence and same_place_of(a, b))


def _two_words(a: Draft, b: Draft) -> bool:
    """Two words of one sentence for what came down on one place, one of them open ("القصف … شملت الغارات بلدات …")."""
    if not {a.type, b.type} <= REMOTE or b.another:
        return False
    open_word = a.trigger.id in OPEN or b.trigger.id in OPEN
    bare = not b.own_place and b.first - a.last <= 6
    return open_word and same_place_of(a, b) and (bare or (a.definite and b.definite))


def _modes(a: Draft, b: Draft) -> bool:
    """One modality, or an attempt told as done; a denial by the accused speaks of what was told of him before."""
    denied = (a.modality, b.modality) == ("happened", "denied") and bool(camps(a.actor1) & camps(b.actor1))
    return denied or a.modality == b.modality or {a.modality, b.modality} == {"happened", "attempted"}


def _one_place_one_type(a: Draft, b: Draft) -> bool:
    return same_place_of(a, b) and (a.type == b.type or {a.type, b.type} <= TERRITORY) and a.type != "Other"


def _points_back(a: Draft, b: Draft) -> bool:
    """ "The attack" with no side named is the violence told just before, wherever the text then puts it."""
    bare = b.definite and b.trigger.id == "assault" and not camps(b.actor1) and not camps(b.actor2)
    return bare and 0 < b.sentence - a.sentence <= 3 and a.type in VIOLENCE and not a.in_title


def _stormed(a: Draft, b: Draft) -> bool:
    """Whether one is the assault in which the other's place was taken: what the guide codes as the taking alone."""
    assault, taking = (a, b) if b.frame == "take" else (b, a)
    if taking.frame != "take" or taking.type not in TERRITORY or taking.modality != "happened":
        return False
    by_it = assault.trigger.assault and assault.type == "Armed clash" and assault.modality != "planned"
    apart = assault.in_title or taking.in_title or assault.background != taking.background
    doers = camps(assault.actor1)
    return by_it and not apart and same_place_of(a, b) and (not doers or bool(doers & camps(taking.actor1)))


def _left_to(a: Draft, b: Draft) -> bool:
    """Whether one tells that a place was left by those from whom, in the other, it was taken."""
    leaving, taking = (a, b) if b.frame == "take" else (b, a)
    if taking.trigger.id not in TAKING or leaving.trigger.id not in LEAVING or taking.modality != leaving.modality:
        return False
    apart = a.in_title or b.in_title or a.background != b.background or (leaving.of_list and not taking.of_list)
    losers = camps(leaving.actor1)
    return not apart and same_place_of(a, b) and bool(losers) and not losers & camps(taking.actor1)


def _bare_assault(a: Draft) -> bool:
    """A word such as "attack" that names no fighting side: it leaves open how it was done, and another sentence may say it."""
    return a.trigger.id == "assault" and not camps(a.actor2) and a.type == "Armed clash"


def _air_and_ground(a: Draft, b: Draft) -> bool:
    """Whether aircraft that nobody owns did the one and a party without any the other ("قصفت الطائرات ... هجوم الفصائل")."""
    return any(
        any(p.actor.id == "unknown-aircraft" for p in x.actor1) and any(p.actor.kind in NO_AIRCRAFT for p in y.actor1)
        for x, y in ((a, b), (b, a))
    )


def _told_twice(a: Draft, b: Draft) -> bool:
    """Two words of one sentence for one event: same type and place, one of them without parties or place of its own."""
    close = b.definite or b.first - a.last <= 12 or (a.type == "Armed clash" and same_place_of(a, b))
    return a.type == b.type and close and (not b.own_place or not a.own_place or b.definite or same_place_of(a, b))


def same_place_of(a: Draft, b: Draft) -> bool:
    """Whether two drafts name one and the same place."""
    return a.place is not None and b.place is not None and same_place(a.place.place, b.place.place)


def _shot(draft: Draft) -> bool:
    return draft.frame == "kill" and draft.weapon in GUNS


def _types(a: Draft, b: Draft) -> bool:
    if a.type == b.type:
        return a.type != "Other" or a.trigger.id == b.trigger.id
    pair = {a.type, b.type}
    if pair <= TERRITORY:
        return same_place_of(a, b)
    title = a.in_title or b.in_title
    if pair <= REMOTE:
        vague = a.trigger.id in VAGUE or b.trigger.id in VAGUE
        denial = b.modality == "denied" and same_place_of(a, b)
        heard = "heard" in (a.trigger.id, b.trigger.id)
        return vague and (title or b.definite or not b.own_place or denial or heard)
    violent = pair <= VIOLENCE
    if _shot(a) != _shot(b) and REMOTE & pair:
        return False  # the killing by gunmen is not the bomb of the headline
    if title and "assassinate" in (a.trigger.id, b.trigger.id) and REMOTE & pair:
        return False  # nor is the assassination of a headline
    if violent and (_bare_assault(a) or _bare_assault(b)):
        return (same_place_of(a, b) or title) and not _air_and_ground(a, b)
    if (
        violent
        and pair == {"Attack", "Armed clash"}
        and "shoot" in (a.trigger.id, b.trigger.id)
        and same_place_of(a, b)
    ):
        return True
    if violent and (b.trigger.frame == "kill" or a.trigger.frame == "kill"):
        return title or not b.own_place or _toll_of_it(a, b)
    points_back = (
        b.definite and b.trigger.id in ("assault", "storm", "operation", "clash") and b.sentence - a.sentence <= 5
    )
    if points_back and (a.type in VIOLENCE or a.type in TERRITORY) and b.trigger.id != "clash":
        return (
            not b.own_place
            or same_place_of(a, b)
            or (a.place is not None and b.place is not None and near(a.place.place, b.place.place))
        )
    if pair in BROKEN_UP:
        return same_place_of(a, b) or not b.own_place
    return False


def _toll_of_it(a: Draft, b: Draft) -> bool:
    """Whether a killing that names nobody who did it only counts those who fell to what was told of its place before."""
    bare = b.trigger.outcome and not b.actor1 and bool(b.tolls) and a.type in REMOTE
    return bare and same_place_of(a, b) and not a.tolls and b.sentence - a.sentence <= BACK


def _places(a: Draft, b: Draft) -> bool:
    if a.place is None or b.place is None:
        return True
    if same_place(a.place.place, b.place.place):
        other = a.place.place.level != b.place.place.level and a.trigger.id != b.trigger.id
        namesake = other and a.type in VIOLENCE
        return not namesake or b.definite or _headline(a) or not (a.own_place and b.own_place)
    if _whole_and_list(a, b):
        return False
    if _one_toll(a, b) and (km(a.place.place, b.place.place) <= CLOSE or _from_title(a, b) or _two_areas(a, b)):
        return True
    if b.definite and b.trigger.id in POINTED and _from_title(a, b) and b.sentence - a.sentence <= BACK:
        return True
    if not b.own_place and (b.definite or b.sentence - a.sentence <= 3):
        return b.definite
    if a.in_title and all(m.in_title for m in a.merged):
        return near(a.place.place, b.place.place) or same_province(a.place.place, b.place.place)
    if _coarse_before(a, b):
        return True
    if a.trigger.id == b.trigger.id and a.type == b.type and a.type in ONE_ACT and near(a.place.place, b.place.place):
        return True
    if not a.own_place:
        return b.sentence - a.sentence <= 2 and near(a.place.place, b.place.place)
    return b.definite and not b.of_list and near(a.place.place, b.place.place)


def _whole_and_list(a: Draft, b: Draft) -> bool:
    """Whether a list follows what was told of the whole, with its toll: that is an event of its own; and of a list only
    the first can be what was told of the whole."""
    assert a.place is not None and b.place is not None
    wide = a.place.place.level in WIDEST and b.place.place.level in ORDER[:3]
    return b.of_list and wide and (b.listed > 0 or any(t.span.part != "title" for t in a.tolls))


def _two_areas(a: Draft, b: Draft) -> bool:
    """Whether two names, one of them an area's, lie in one province."""
    assert a.place is not None and b.place is not None
    return "area" in (a.place.place.level, b.place.place.level) and same_province(a.place.place, b.place.place)


def _one_toll(a: Draft, b: Draft) -> bool:
    """Whether both count the same killed: two names of nearly one place then tell one event."""
    if not a.tolls or not b.tolls:
        return False
    x = {t.low for t in a.tolls if t.outcome == "killed"}
    y = {t.low for t in b.tolls if t.outcome == "killed"}
    return bool(x & y)


def _from_title(a: Draft, b: Draft) -> bool:
    """Whether an event is also the headline's, in the same province: the body may name the place more exactly."""
    assert a.place is not None and b.place is not None
    return _headline(a) and same_province(a.place.place, b.place.place)


def _headline(a: Draft) -> bool:
    return a.in_title or any(m.in_title for m in a.merged)


def km(a: Place, b: Place) -> float:
    """Kilometres between two places, infinite when one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    north, east = a.lat - b.lat, (a.lon - b.lon) * math.cos(math.radians(a.lat))
    return 111.2 * math.hypot(north, east)


def _coarse_before(a: Draft, b: Draft) -> bool:
    """A lead that tells an event of a whole province, and the sentences after it that say in which town."""
    assert a.place is not None and b.place is not None
    wide = a.place.place.level in ("governorate", "country", "area") and b.place.place.level in ORDER[:3]
    told = any(m.own_place for m in a.merged if not m.in_title)
    later = 0 < b.sentence - a.sentence <= 6
    return wide and later and not told and a.type == b.type and near(a.place.place, b.place.place)


def same_place(a: Place, b: Place) -> bool:
    """One place by its id, or by name in one governorate."""
    return a.id == b.id or (a.name_ar == b.name_ar and a.governorate == b.governorate)


def province(place: Place) -> str | None:
    """The governorate; Damascus and its countryside count as one, for reports name either."""
    return "Damascus" if place.governorate == "Rural Damascus" else place.governorate


def same_province(a: Place, b: Place, limit: float = PROVINCE) -> bool:
    """Whether two places lie in one governorate; of other countries than Syria only distance tells it."""
    if a.country == b.country == "SY":
        return province(a) == province(b)
    away = km(a, b)
    return a.country == b.country and (away <= limit or math.isinf(away))


def near(a: Place, b: Place) -> bool:
    """Whether one place may contain the other: a province or area the places in it, a town its quarters and sites."""
    if "country" in (a.level, b.level):
        return a.country == b.country
    if same_place(a, b):
        return True
    if a.level == b.level:
        return False
    if a.level in WIDE or b.level in WIDE:
        limit = PROVINCE if "governorate" in (a.level, b.level) else math.inf
        return a.governorate is None or b.governorate is None or same_province(a, b, limit)
    return km(a, b) <= (BESIDE if {a.level, b.level} == {"site", "neighbourhood"} else CLOSE)


def _dates(a: Draft, b: Draft) -> bool:
    """Whether the days of two drafts meet; of one place and one toll they may lie a day apart, as told on either."""
    if a.date is None or b.date is None:
        return True
    x, y = a.date.date, b.date.date
    if x.start is None or x.end is None or y.start is None or y.end is None:
        return a.background == b.background
    slack = ONE_DAY if same_place_of(a, b) and _one_toll(a, b) else NO_DAY
    return x.start <= y.end + slack and y.start <= x.end + slack


def camps(actors: Sequence[NamedActor]) -> set[str]:
    """The camps of a role, without the unknown."""
    return {camp for a in actors if (camp := a.actor.camp) != "unknown" and camp != "civilians"}


def _actors(a: Draft, b: Draft, allies: Allies) -> bool:
    if a.type == "Armed clash":
        x, y = camps(a.actor1) | camps(a.actor2), camps(b.actor1) | camps(b.actor2)
    else:
        x, y = camps(a.actor1), camps(b.actor1)
    if not x or not y or x & y:
        return True
    together = a.sentence != b.sentence and any(other in allies.get(camp, ()) for camp in x for other in y)
    return together and a.frame == b.frame == "take" and a.type == b.type and same_place_of(a, b)


def merge(a: Draft, b: Draft) -> Draft:
    """One draft of two: the one with a place of its own, not in the title, leads; the other fills what it lacks."""
    lead, rest = (b, a) if _leads(b, a) else (a, b)
    place = lead.place or rest.place
    if lead.place and rest.place and rest.own_place and not lead.own_place:
        place = rest.place
    elif (
        a.place
        and b.place
        and b.own_place
        and not b.of_list
        and _headline(a)
        and a.place.place.level == b.place.place.level
    ):
        place = b.place  # headlines name the city that everybody knows
    known = {w.field for w in lead.why}
    return replace(
        lead,
        type=_more_exact(lead, rest),
        actor1=lead.actor1 if camps(lead.actor1) or not rest.actor1 else rest.actor1,
        actor2=lead.actor2 or rest.actor2,
        place=place,
        own_place=lead.own_place or rest.own_place,
        date=lead.date if lead.date and lead.date.date.start else rest.date or lead.date,
        target=lead.target or rest.target,
        weapon=lead.weapon or rest.weapon,
        tolls=_tolls(a, b),
        background=lead.background and rest.background,
        modality=_modality(lead, rest),
        why=(*lead.why, *(w for w in rest.why if w.field not in known)),
        merged=(*lead.merged, replace(rest, merged=()) if rest.merged else rest, *rest.merged),
    )


def _tolls(a: Draft, b: Draft) -> tuple[Toll, ...]:
    """The tolls of both; what was counted in a whole province or over a list gives way to the count of the one place."""
    if a.of_list and not b.own_place and b.sentence > a.sentence and not any(t.rises for t in b.tolls):
        return a.tolls  # those of all the places of a list
    for whole, one in ((a, b), (b, a)):
        larger = whole.of_list and not one.of_list
        if whole.place and one.place and whole.place.place.level in WIDEST:
            larger = larger or one.place.place.level in ORDER[:3]
        counted = {t.outcome for t in one.tolls if t.span.part != "title"}
        if larger and counted and not one.in_title:
            return tuple(t for t in (*a.tolls, *b.tolls) if t in one.tolls or t.outcome not in counted)
    return (*a.tolls, *b.tolls)


def _modality(lead: Draft, rest: Draft) -> Modality:
    """That of the one that leads; an attack that the text then says was beaten back was only tried."""
    beaten = lead.modality == "happened" and rest.modality == "attempted" and rest.type == "Armed clash" == lead.type
    return "attempted" if beaten and (lead.trigger.assault or lead.definite) else lead.modality


def _leads(b: Draft, a: Draft) -> bool:
    if _stormed(a, b) or _left_to(a, b):
        return b.frame == "take"
    if a.in_title != b.in_title:
        return a.in_title
    if a.background != b.background:
        return a.background
    if a.own_place and b.own_place and a.place and b.place and a.place.place.level != b.place.place.level:
        return ORDER.index(b.place.place.level) < ORDER.index(a.place.place.level)
    return b.own_place and not a.own_place


def _more_exact(lead: Draft, rest: Draft) -> str:
    if lead.type == rest.type or _stormed(lead, rest):
        return lead.type
    if {lead.type, rest.type} <= TERRITORY:
        return lead.type
    if lead.trigger.id in VAGUE and rest.trigger.id not in VAGUE:
        return rest.type
    order = (
        "Excessive force against protesters",
        "Protest with intervention",
        "Chemical weapon",
        "Suicide bomb",
        "Air/drone strike",
    )
    return next((t for t in order if t in (lead.type, rest.type)), lead.type)
