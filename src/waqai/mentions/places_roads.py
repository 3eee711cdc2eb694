"""Roads and stretches between two places: one place, halfway, where a text names both of its ends."""

from collections.abc import Mapping, Sequence

from waqai.arabic.clitics import splits
from waqai.knowledge.gazetteer_records import PRECISION, SYRIA, UNITS, distance
from waqai.knowledge.place_words import PlaceWords
from waqai.model.mention import Mention, Place, PlaceLevel
from waqai.model.quick import replace
from waqai.model.text import Sentence

ENDS: tuple[PlaceLevel, ...] = ("settlement", "neighbourhood", "site")
DASHES = frozenset(("-", "/", "الي"))
RULE = "place: between two"
BETWEEN = "بين"
# Half of a stretch that is told with UCDP's precision 2, and 3; a longer one is a line, 5.
NEAR_KM, DISTRICT_KM = 12.5, 40.0


def with_roads(
    found: Sequence[Mention[Place]], sentences: Mapping[int, Sentence], words: PlaceWords
) -> tuple[Mention[Place], ...]:
    """The places of an article, in reading order, with the two ends of a road or a stretch read as one place between them.

    In "على طريق نوى - الشيخ مسكين" or "الطريق الواصل بين بلدتي المزيريب واليادودة" the point is halfway, its `relation` "between".
    """
    out: list[Mention[Place]] = []
    town: Place | None = None  # named last before: "between the town and"
    at = 0
    while at < len(found):
        one = found[at]
        sentence = sentences[one.sentence]
        following = found[at + 1] if at + 1 < len(found) and found[at + 1].sentence == one.sentence else None
        road = _joined(one, following, sentence, words) if following is not None else None
        if road is not None:
            out.append(road)
            at += 2
            continue
        out.append(_from_the_town(one, town, sentence, words) or one)
        if one.value.level == "settlement" and one.value.relation is None:
            town = one.value
        at += 1
    return tuple(out)


def _joined(one: Mention[Place], other: Mention[Place], sentence: Sentence, words: PlaceWords) -> Mention[Place] | None:
    """The road whose two ends two neighbouring places are; None when they are none."""
    if not (_is_end(one, words, sentence) and _is_end(other, words, sentence)) or one.value.id == other.value.id:
        return None
    tokens = sentence.words
    gap = tokens[one.last : other.first]
    begin = _road_before(tokens, one.first, words.roads, words)
    if _headed(one, sentence, words) or begin is not None:
        dashed = len(gap) == 1 and gap[0] in DASHES
        if not other.prefix and (dashed or (not gap and words.heads.get(tokens[other.first]) is None)):
            return _between(one, other, sentence, one.first if begin is None else begin, "site", words)
    if one.first and tokens[one.first - 1] == BETWEEN and ((other.prefix == "و" and not gap) or gap == ("و",)):
        return _after_between(one, other, sentence, one.first - 1, words)
    return None


def _after_between(
    one: Mention[Place], other: Mention[Place], sentence: Sentence, between: int, words: PlaceWords
) -> Mention[Place] | None:
    road = _road_before(sentence.words, between, words.roads, words)
    if road is not None:
        return _between(one, other, sentence, road, "site", words)
    land = _road_before(sentence.words, between, words.stretches, words)
    return None if land is None else _between(one, other, sentence, land, "area", words)


def _from_the_town(
    other: Mention[Place], town: Place | None, sentence: Sentence, words: PlaceWords
) -> Mention[Place] | None:
    """ "الطريق الواصل بين المدينة وبلدة الشدادي": the end that is not named is the town named last."""
    tokens, at = sentence.words, other.first
    if town is None or other.prefix != "و" or at < 2 or tokens[at - 2] != BETWEEN or town.id == other.value.id:
        return None
    begin = _road_before(tokens, at - 2, words.roads, words)
    if tokens[at - 1] not in words.never or begin is None or not _is_end(other, words, sentence):
        return None
    return _made(other, other, halfway(town, other.value, "site"), sentence, begin, words)


def _is_end(m: Mention[Place], words: PlaceWords, sentence: Sentence) -> bool:
    place = m.value
    plain = place.relation is None or (place.relation == "site in" and _headed(m, sentence, words))
    return plain and place.level in ENDS and place.lat is not None and place.lon is not None


def _headed(m: Mention[Place], sentence: Sentence, words: PlaceWords) -> bool:
    """Whether a place is named as the road of a town: "طريق القامشلي"."""
    return m.value.relation == "site in" and any(rest in words.roads for _, rest in splits(sentence.words[m.first]))


def _road_before(tokens: Sequence[str], end: int, heads: frozenset[str], words: PlaceWords) -> int | None:
    """The token of one of some nouns before a token, words that describe it between them; None when there is none."""
    at = end - 1
    while at >= 0 and tokens[at] in words.road_words:
        at -= 1
    return at if at >= 0 and any(rest in heads for _, rest in splits(tokens[at])) else None


def _between(
    one: Mention[Place], other: Mention[Place], sentence: Sentence, begin: int, level: PlaceLevel, words: PlaceWords
) -> Mention[Place]:
    here = one.value
    if here.relation == "site in":
        here = replace(here, id=here.id.partition("/")[0], name_ar=here.name_ar.partition(" ")[2], relation=None)
    return _made(one, other, halfway(here, other.value, level), sentence, begin, words)


def _made(
    one: Mention[Place], other: Mention[Place], place: Place, sentence: Sentence, begin: int, words: PlaceWords
) -> Mention[Place]:
    if begin == one.first:
        prefix = one.prefix
    else:
        known = words.roads | words.stretches
        prefix = next(clitics for clitics, rest in splits(sentence.words[begin]) if rest in known)
    span = sentence.text.span(sentence.starts[begin] + len(prefix), sentence.ends[other.last - 1])
    considered = tuple(dict.fromkeys((*one.considered, *other.considered)))
    return Mention("place", one.sentence, begin, other.last, span, place, RULE, prefix, considered)


def halfway(one: Place, other: Place, level: PlaceLevel) -> Place:
    """The place halfway between two that have points: what both lie in, as precise as they are near one another."""
    assert one.lat is not None and one.lon is not None and other.lat is not None and other.lon is not None
    half = distance(one.lat, one.lon, other.lat, other.lon) / 2
    precision = 2 if half <= NEAR_KM else 3 if half <= DISTRICT_KM else 5
    first, second = sorted((one, other), key=lambda place: place.id)
    pcode = _shared(one.pcode or "", other.pcode or "")
    return Place(
        f"{first.id}/{second.id}", f"{one.name_ar} و{other.name_ar}", f"{one.name_en} and {other.name_en}",
        round((one.lat + other.lat) / 2, 4), round((one.lon + other.lon) / 2, 4), level, max(PRECISION[level], precision),
        "between", one.country if one.country == other.country else None,
        one.governorate if one.governorate == other.governorate else None, pcode, UNITS[len(pcode)] if pcode else None,
        min(one.sure, other.sure),
    )  # fmt: skip


def _shared(one: str, other: str) -> str | None:
    """The p-code of the smallest unit of Syria in which two p-codes lie; None when they share none."""
    if one.startswith(SYRIA):
        for size in sorted(UNITS, reverse=True):
            if len(one) >= size and one[:size] == other[:size]:
                return one[:size]
    return None
