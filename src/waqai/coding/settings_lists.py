"""Lists of places: which of the places of a sentence are named in one breath, and which only say where another lies."""

from collections.abc import Sequence

from waqai.coding.scene import Scene, preposition
from waqai.model.mention import Mention, Place

FINE = ("site", "neighbourhood", "settlement")
BETWEEN, ROAD = "between", 2.5  # the relation of a road to its two ends; more than a settlement, less than an area
BRACKETED = 3  # tokens from one bracket to the other
GROUP = 8  # words that may stand between two groups of a list
GOES_ON = ("و", "ال", "ب", "ل", "شمال", "جنوب", "شرق", "غرب", "وسط")  # how words begin that say more of a place
MARKS = ('"', "(", ")", ":")


def with_list(scene: Scene, m: Mention[Place], pool: Sequence[Mention[Place]]) -> list[Mention[Place]]:
    """A place and those listed with it ("تسيل وحيط وسحم الجولان"); places that only contain it are passed over."""
    group, last = [m], m.last
    if m.first and scene.words[m.first - 1] in scene.small["between_places"]:
        return group
    allowed = scene.small["links"] | scene.small["ands"] | scene.small["place_heads"]
    counted = [n for n in scene.numbers if n.prefix.startswith("و")]  # "وأربعة من داعل", "وشخصين من النعيمة"
    more = {scene.words[i] for n in counted for i in range(n.first, n.last)}
    more |= scene.small["others"] if counted else frozenset()
    for number, other in enumerate(pool):
        if other.first < last:
            continue
        if _heads_group(scene, last, other, pool[number + 1 :]):
            continue
        gap = [w for w in _outside_brackets(scene.words[last : other.first]) if w not in MARKS and not _what_it_has(w)]
        anded = other.prefix.startswith("و") or any(w in scene.small["ands"] or w in more for w in gap)
        joined = anded and len(gap) <= 4 and all(w in allowed or w in more for w in gap)
        joined = joined or _over_unknown(scene, last, other) or _of_next_group(scene, last, other)
        level = other.value.level == m.value.level or {other.value.level, m.value.level} <= set(FINE)
        comma = (
            gap[:1] == ["،"]
            and all(w in scene.small["links"] for w in gap)
            and (not preposition(other.prefix) and level)
            and not (_side_of(other) and not _side_of(m))  # "منطقة جنزور، غرب العاصمة طرابلس"
        )
        if (joined or comma) and _begins_anew(scene, other, gap):
            break
        if joined or comma:
            if not _contains(other.value, m.value) or other.prefix.startswith("و"):
                group.append(other)
            last = other.last
        elif (len(gap) <= 2 and _wider(other, m) and _says_where(other, gap)) or _lies_by(scene, other, gap):
            last = other.last
        else:
            break
    return group


def _outside_brackets(words: Sequence[str]) -> list[str]:
    """The words without one or two between brackets: "الحسينية (شمال)، والغزالية (غرب)"."""
    if "(" not in words or ")" not in words:
        return list(words)
    start, end = words.index("("), words.index(")")
    return [*words[:start], *words[end + 1 :]] if 0 < end - start <= BRACKETED else list(words)


def _what_it_has(word: str) -> bool:
    """Whether a word of a list only adds what belongs to the place before it ("سروج ومعسكرها")."""
    return word[0] == "و" and len(word) > 4 and word.endswith(("ها", "هما"))


def _lies_by(scene: Scene, other: Mention[Place], gap: Sequence[str]) -> bool:
    """Whether a place only says beside what the one before it lies ("مزارع الغسولة قرب مطار دمشق ومحيط السيدة زينب")."""
    before = gap[-1] if gap else scene.words[other.first]
    return len(gap) <= 2 and before in scene.small["beside"] and not other.prefix.startswith("و")


def _over_unknown(scene: Scene, last: int, other: Mention[Place]) -> bool:
    """Whether only a name that nobody knows stands between two of a list ("الغوطة وشارع الحمرا وحي البياضة")."""
    gap = scene.words[last : other.first]
    joined = bool(gap) and (other.prefix.startswith("و") or gap[-1] == "و")
    if not joined or len(gap) > 3 or gap[0][0] != "و" or 1 < len(gap[0]) < 4 or gap == ("و",):
        return False
    told = any(last <= e.first < other.first for e in scene.events)
    told = told or any(last <= s.first < other.first for s in scene.supports)
    return not told and not any(w in scene.small["prepositions"] or not w.isalpha() for w in gap)


def _begins_anew(scene: Scene, other: Mention[Place], gap: Sequence[str]) -> bool:
    """Whether a place opens the next clause and goes on with no list ("سيطروا على القرية، وفي دمشق التقى الوزير وفدا")."""
    after = scene.words[other.last] if other.last < len(scene.words) else ""
    if after in scene.small["negations"]:
        return True  # "سيطر الجيش على تدمر، ومدينة الرقة لا تزال"
    opens = other.prefix == "وب" or (bool(gap) and gap[-1] == "وفي")
    if not opens or not after.isalpha() or any(m.first == other.last for m in scene.places):
        return False
    goes_on = scene.small["prepositions"] | scene.small["group_words"] | scene.small["links"] | scene.small["beside"]
    return not after.startswith(GOES_ON) and after not in goes_on


def _heads_group(scene: Scene, last: int, area: Mention[Place], following: Sequence[Mention[Place]]) -> bool:
    """Whether an area only heads the next places of a list ("… في قرى طربا والكسيب، وريف السويداء الشمالي في قرى المتونة")."""
    return area.value.level not in FINE and bool(following) and _of_next_group(scene, last, following[0])


def _of_next_group(scene: Scene, last: int, other: Mention[Place]) -> bool:
    """Whether a place goes on with a list by way of the area that it lies in ("، والريف الشمالي في قرى المتونة")."""
    between = range(last, other.first)
    if not 1 < len(between) <= GROUP or not any(scene.words[i].startswith("و") for i in between[:2]):
        return False
    wide = {i for m in scene.places if m.value.level not in FINE for i in range(m.first, m.last)}
    said = [scene.words[i] for i in between if i not in wide and scene.words[i] != "،" and scene.words[i] not in MARKS]
    if other.value.level not in FINE or not said:
        return False
    led = scene.words[other.first] in scene.small["group_inside"] or said[-1] in scene.small["group_inside"]
    if not led and other.prefix != "ب":
        return False
    headed = not wide.isdisjoint(between) or not scene.small["group_heads"].isdisjoint(said)
    known = scene.small["group_heads"] | scene.small["group_words"] | scene.small["group_inside"]
    verbs = (*(s.first for s in scene.supports), *(e.first for e in scene.events))
    told = any(0 <= first - other.last <= 1 for first in verbs)
    return headed and known >= set(said) and not told  # "، وفي ريف حماة في بلدة كرناز قتل اثنان" begins anew


def _side_of(m: Mention[Place]) -> bool:
    """Whether a place is given by its direction from another one ("غرب العاصمة")."""
    return m.value.relation is not None and m.value.relation.endswith(" of")


def _says_where(other: Mention[Place], gap: Sequence[str]) -> bool:
    """Whether a place only says where the one before it lies ("المجدل بريف حماة", "في", "غرب حماة")."""
    return preposition(other.prefix) in ("ب", "ل") or _side_of(other) or (bool(gap) and gap[-1] in ("في", "من"))


def coarser(other: Mention[Place], m: Mention[Place]) -> bool:
    """Whether a place is coarser than another: a town than its quarter, a governorate than a town, a road than what is on it."""
    return _extent(other.value) > _extent(m.value)


def _extent(place: Place) -> float:
    """How much ground a place covers, in steps of the levels; a road or stretch between two towns more than a town."""
    step = ("site", "neighbourhood", "settlement", "area", "governorate", "country").index(place.level)
    return step if place.relation != BETWEEN else max(step, ROAD)


def _wider(other: Mention[Place], m: Mention[Place]) -> bool:
    """Whether a place is coarser than another, or only the side of a town on which that lies ("الشيخ نجار شرق حلب")."""
    side = _side_of(other) and not other.prefix
    return coarser(other, m) or (side and other.value.level == m.value.level)


def _contains(big: Place, small: Place) -> bool:
    return big.level in ("governorate", "country") and small.level not in ("governorate", "country")
