"""Places: what an article names on the ground, each decided against the others.

Five passes: scan the sentences for hits, learn the article's countries and anchors, decide every hit, read sites the
gazetteer does not hold from the known place beside them, and roads from their two ends.
"""

from collections.abc import Container, Mapping, Sequence

from waqai.knowledge.gazetteer import CLEAR, Gazetteer, Readings
from waqai.knowledge.gazetteer_records import Entry, place_of
from waqai.mentions.places_choose import Choice, Context, contains, kilometres_to
from waqai.mentions.places_hits import Hit
from waqai.mentions.places_relations import (
    at_distance,
    bearing_before,
    countryside,
    distance_before,
    read_place,
    toward,
    unknown_place,
)
from waqai.mentions.places_roads import with_roads
from waqai.mentions.places_scan import Scanner
from waqai.mentions.places_spelling import respelled
from waqai.model.article import Document
from waqai.model.mention import Mention, Place, PlaceLevel
from waqai.model.quick import replace
from waqai.model.text import Sentence

RURAL_DAMASCUS = "ريف دمشق"
FROM = frozenset(
    ("علي", "بعد", "مسافه", "نحو", "حوالي", "الواقعه", "الواقع", "تقع", "يقع", "تبعد", "يبعد", "التي", "الذي", "،")
)
LEVELS: Mapping[str, PlaceLevel] = {
    "settlement": "settlement",
    "neighbourhood": "neighbourhood",
    "site": "site",
    "natural": "site",
    "district": "area",
}
FAR = 120.0  # km between two names of one list, beyond which the second is another place of its name
CLOSED = ((")",), ('"',))
MATES = 5  # names of a list before one, and after it, that help to tell where it lies
OWN = ("settlement", "neighbourhood")  # heads that a name may begin with
GAP = 3  # tokens between two names of one list
HOME = 0.4  # share of the article's names that a country must have for a quarter nobody knows to be put into its town
QUARTER = 40.0  # km from a town within which its quarters lie
VILLAGE = 15.0  # km from a town beyond which a village of the same name is none of its quarters
FAMOUS = 60  # weight of a place that is meant wherever the list before it lies
LARGER = ("countryside", "governorate", "district")
Blocked = Mapping[int, Sequence[tuple[int, int]]]


def find_places(
    document: Document,
    gazetteer: Gazetteer,
    blocked: Blocked | None = None,
    deeds: Container[str] = (),
    lit: Sequence[Readings] | None = None,
) -> tuple[Mention[Place], ...]:
    """Every place the sentences of a document name, in reading order.

    `blocked` gives, by sentence number, token ranges (first, last) that belong to names of another kind and are never
    places; `deeds` are words that end a list of names the gazetteer does not hold; `lit` are the words of each sentence with
    a reading, when these are known already.
    """
    shut = blocked or {}
    scanner = Scanner(gazetteer, deeds)
    hits: list[Hit] = []
    for n, s in enumerate(document.sentences):
        hits += scanner.sentence(s.number, s.words, shut.get(s.number, ()), lit[n] if lit is not None else None)
    context = Context(gazetteer, hits, _hints(document, gazetteer))
    by_number = {s.number: s for s in document.sentences}
    found: list[Mention[Place]] = []
    last_city: Place | None = None
    paragraph, near = -2, list[Place]()  # the town named last before the paragraph, and those that it has named so far
    for index, hit in enumerate(hits):
        sentence = by_number[hit.sentence]
        if sentence.paragraph != paragraph:
            paragraph, near = sentence.paragraph, [last_city] if last_city is not None else []
        mention = _mention(hits, index, sentence, context, last_city, found[-1] if found else None, near)
        if mention is not None:
            found.append(mention)
            if mention.value.level in ("settlement", "governorate") and not hit.back and mention.value.sure > 0.5:
                last_city = mention.value
                near.append(mention.value)
    return with_roads(found, by_number, gazetteer.words)


def _hints(document: Document, gazetteer: Gazetteer) -> dict[str, float]:
    """Countries by how often their adjectives stand in the article ("العراقية")."""
    hints: dict[str, float] = {}
    adjectives = gazetteer.adjectives
    for sentence in document.sentences:
        if adjectives.keys().isdisjoint(sentence.words):
            continue
        for code in [adjectives[word] for word in sentence.words if word in adjectives]:
            hints[code] = hints.get(code, 0.0) + 0.3
    return hints


def _mention(
    hits: Sequence[Hit],
    index: int,
    sentence: Sentence,
    context: Context,
    last_city: Place | None,
    last: Mention[Place] | None,
    near: Sequence[Place],
) -> Mention[Place] | None:
    hit = hits[index]
    if hit.back:
        if last_city is None:
            return None
        if last_city.governorate == "Damascus":
            rural = context.gazetteer.candidates(RURAL_DAMASCUS)[0].entry
            return _made(hit, sentence, place_of(rural, last_city.sure), "countryside of the last city", ())
        words = f"ريف {last_city.name_ar}"
        return _made(hit, sentence, countryside(last_city, hit.bearing, words), "countryside of the last city", ())
    outer = hits[index - 1] if hit.within else _outer(hits, index, sentence, context)
    container = _entry(outer, context)
    mates = _mates(hits, index)
    choice = context.choose(hit, container, mates) if hit.key else None
    if choice is not None and choice.entry.governorate == "Damascus" and hit.head and hit.head.kind == "countryside":
        choice = replace(choice, entry=context.gazetteer.candidates(RURAL_DAMASCUS)[0].entry)
        if hit.bearing is None:
            return _made(hit, sentence, place_of(choice.entry, choice.sure), "place: countryside head", choice.others)
    if choice is None and (not hit.key or hit.member):
        choice = _respelled(hit, sentence, context, container)
    listed = hit.member and index > 0 and hits[index - 1].member and _next_to(hits[index - 1], hit)
    if choice is None or (listed and context.shared(choice.entry, mates) < 0.5 and _far_from_list(choice, last)):
        return _unknown(hit, outer, sentence, context, last, near)
    apart = (
        _of_another_town(hit, choice.entry, near) if container is None else _no_quarter(hit, choice.entry, container)
    )
    if apart:
        return _unknown(hit, outer, sentence, context, last, near)
    place = read_place(hit, choice, sentence.clean(hit.first, hit.last)[len(hit.prefix) :])
    first = hit.first
    side = bearing_before(sentence.words, first, context.gazetteer.words.directions) if hit.bearing is None else None
    if side is not None and place.relation is None and choice.entry.level not in ("country", "governorate"):
        bearing, first = side
        place = toward(place, bearing, choice.entry, place.name_ar)
    away = distance_before(sentence.words, first)
    if away is not None and (hit.head is None or hit.head.kind != "countryside"):
        place = at_distance(place, away[0])
    return _made(hit, sentence, place, _rule(hit, container, choice), choice.others)


def _mates(hits: Sequence[Hit], index: int) -> list[str]:
    """The other known names of the list in which a hit stands, a few on each side."""
    if not (hits[index].listed or hits[index].member):
        return []
    first = last = index
    while first and index - first < MATES and hits[first].listed and _next_to(hits[first - 1], hits[first]):
        first -= 1
    end = min(len(hits), index + 1 + MATES)
    while last + 1 < end and hits[last + 1].listed and _next_to(hits[last], hits[last + 1]):
        last += 1
    return [hit.key for hit in hits[first : last + 1] if hit.key and hit is not hits[index]]


def _next_to(hit: Hit, following: Hit) -> bool:
    return following.sentence == hit.sentence and 0 <= following.first - hit.last <= GAP


def _far_from_list(choice: Choice, last: Mention[Place] | None) -> bool:
    """Whether a name of a list would lie far from the name before it: then another place bears it, known to nobody."""
    if last is None:
        return False
    here, there = last.value, choice.entry
    if there.weight >= FAMOUS and here.country in (None, there.country):
        return False
    if here.lat is None or here.lon is None or here.level not in ("settlement", "neighbourhood", "site"):
        return False
    return kilometres_to(there, [(here.lat, here.lon)]) > FAR


def _of_another_town(hit: Hit, entry: Entry, near: Sequence[Place]) -> bool:
    """Whether a quarter lies far from every town that its paragraph has named: then it is another, of the town named last."""
    if hit.head is None or hit.head.kind != "neighbourhood" or hit.listed:
        return False
    if entry.level == "neighbourhood" and entry.weight >= CLEAR:
        return False  # a town of its name is none, however well known ("حي عدن" of Mosul)
    points = [(place.lat, place.lon) for place in near if place.lat is not None and place.lon is not None]
    return bool(points) and kilometres_to(entry, points) > QUARTER


def _no_quarter(hit: Hit, entry: Entry, container: Entry) -> bool:
    """Whether a name with "quarter" before it means no quarter of the town it is said to lie in, but a village far off."""
    quarter = hit.head is not None and hit.head.kind == "neighbourhood" and entry.level == "settlement"
    if not quarter or container.level != "settlement" or entry is container:
        return False
    return kilometres_to(entry, [(container.lat, container.lon)]) > VILLAGE


def _respelled(hit: Hit, sentence: Sentence, context: Context, container: Entry | None) -> Choice | None:
    """A place whose name the gazetteer spells otherwise by a letter; a hit of several words may shrink to its first."""
    words = sentence.words[hit.name : hit.name_last]
    for size in range(len(words), len(words) - 1 if hit.member else 0, -1):
        name = " ".join(words[:size])
        if size == len(words) and hit.loose:
            name = name[len(hit.prefix) :]
        choice = respelled(hit, name, context, container)
        if choice is not None:
            hit.last = hit.name_last = hit.name + size
            return choice
    return None


def _rule(hit: Hit, container: Entry | None, choice: Choice) -> str:
    if not hit.key:
        return f"place: respelled {choice.entry.name_ar}"
    if container is not None and contains(container, choice.entry):
        return f"place: in {container.name_en}"
    if hit.head is not None:
        return f"place: {hit.head.kind} head"
    return "place: listed" if hit.listed else "place: name"


def _outer(hits: Sequence[Hit], index: int, sentence: Sentence, context: Context) -> Hit | None:
    """The place after this one that the text says it lies in or beside: "المشرفة بريف حمص", "سنجار في محافظة نينوى"."""
    hit = hits[index]
    following = index + 1
    while following < len(hits) and hits[following].sentence == hit.sentence and hits[following].listed:
        following += 1  # "في بلدتي كنصفرة وكفرعويد بريف إدلب": both lie there
    if following >= len(hits) or hits[following].sentence != hit.sentence:
        return None
    outer = hits[following]
    between = sentence.words[hits[following - 1].last : outer.first]
    if between[:1] in CLOSED and not hit.member:
        between = between[1:]  # "قرية (الفان) بحماة"
    if not between:
        related = outer.bearing is not None or outer.around or (outer.head is not None and outer.head.kind in LARGER)
        return outer if outer.prefix in ("ب", "ل") or (related and not outer.prefix) else None
    lists = context.gazetteer.words
    if hit.member and between[0] == "،":
        between = between[1:]  # "قرى الزيتونة وعرب حسن، في ناحية شران"
    if len(between) == 1 and (between[0] in lists.containers or (between[0] == "علي" and outer.around)):
        return outer
    away = distance_before(sentence.words, outer.first)
    if away is not None and all(word in FROM for word in sentence.words[hit.last : away[1]]):
        return outer
    return outer if between in lists.near else None


def _entry(outer: Hit | None, context: Context) -> Entry | None:
    """The place that contains: not one that is only a direction's starting point."""
    if outer is None or not outer.key or (outer.head is not None and outer.head.kind in ("site", "natural")):
        return None
    ranked = context.rank(outer)
    return ranked[0][1].entry if ranked else None


def _unknown(
    hit: Hit,
    outer: Hit | None,
    sentence: Sentence,
    context: Context,
    last: Mention[Place] | None,
    near: Sequence[Place],
) -> Mention[Place] | None:
    """A place named with a head noun that the gazetteer does not hold: placed by the known one beside it, if there is
    one; a quarter by the town that its paragraph named last.
    """
    hit = _headed(hit, sentence, context)
    if hit.faint or hit.head is None or hit.head.kind not in LEVELS:
        return None
    if sentence.clean(hit.first, hit.last).startswith("وأد"):
        return None  # "وأدى لمقتل" is no valley
    level = LEVELS[hit.head.kind]
    site_in = hit.head.kind == "site" and outer is not None
    common = hit.key in context.gazetteer.words.common
    beside = outer is not None and level in ("settlement", "neighbourhood") and not (common and hit.head.many)
    town = near[-1] if near and hit.head.kind == "neighbourhood" and not (hit.member or hit.head.many) else None
    weak = len(hit.key) < 4 or (not beside and (hit.listed or common))
    of_town = town is not None and not hit.listed and len(hit.key) >= 4
    own_head = hit.listed and len(hit.key) >= 4 and not common and level in ("settlement", "neighbourhood", "area")
    in_list = own_head and last is not None and last.sentence == hit.sentence and last.value.lat is not None
    if hit.key and not site_in and not hit.member and weak and not of_town and not in_list:
        return None
    whole = level == "site" and not hit.called
    first = hit.first + hit.around
    name = sentence.clean(*((first, hit.last) if whole else (hit.name, hit.name_last)))
    if first == hit.first if whole else hit.first == hit.name:
        name = name[len(hit.prefix) :]
    name = f"{hit.called} {name}".lstrip()
    choice = context.choose(outer) if outer is not None and outer.key else None
    if outer is not None and choice is not None and choice.entry.level != "country":
        known = read_place(outer, choice, "")
        away = distance_before(sentence.words, outer.first)
        if away is not None:
            known = at_distance(known, away[0])
        return _made(hit, sentence, unknown_place(name, level, known), "place: unknown, beside a known one", ())
    listed = hit.loose or hit.member or in_list or (hit.listed and (not hit.key or hit.head.kind == "site"))
    if listed and last is not None and last.sentence == hit.sentence and last.value.lat is not None:
        return _made(hit, sentence, unknown_place(name, level, last.value), "place: unknown, in a list", ())
    around = hit.around and hit.head.kind != "settlement"
    if not hit.member and (hit.head.kind in ("site", "district") or hit.head.many or around):
        return None
    at_home = town is not None and context.share.get(town.country or "", 0.0) >= HOME
    if town is not None and at_home and town.level == "settlement" and town.relation is None:
        return _made(hit, sentence, unknown_place(name, level, town), "place: unknown, in the town named before", ())
    return _made(hit, sentence, unknown_place(name, level, None), "place: unknown to the gazetteer", ())


def _headed(hit: Hit, sentence: Sentence, context: Context) -> Hit:
    """A hit whose name begins with its head noun, as one that has it before its name ("قرية الحود", which is another village
    than the one that the gazetteer knows by this name)."""
    words = context.gazetteer.words
    first = sentence.words[hit.name][len(hit.prefix) :] if hit.key else ""
    if (
        hit.head is not None
        or hit.name_last - hit.name < 2
        or first not in words.heads
        or words.heads[first].kind not in OWN
    ):
        return hit
    rest = " ".join(sentence.words[hit.name + 1 : hit.name_last])
    return replace(hit, name=hit.name + 1, key=rest, head=words.heads[first])


def _made(hit: Hit, sentence: Sentence, place: Place, rule: str, others: Sequence[Entry]) -> Mention[Place]:
    span = sentence.span(hit.first, hit.last)
    if hit.prefix:
        start = sentence.starts[hit.first] + len(hit.prefix)
        span = sentence.text.span(start, sentence.ends[hit.last - 1])
    considered = tuple(f"{e.id} {e.name_ar} ({e.governorate})" for e in others)
    return Mention("place", hit.sentence, hit.first, hit.last, span, place, rule, hit.prefix, considered)
