"""Names that the gazetteer spells otherwise: one letter changed, doubled, missing or swapped, or the article more or less."""

from itertools import groupby

from waqai.knowledge.gazetteer_records import LETTERS, Entry
from waqai.mentions.places_choose import Choice, Context, contains
from waqai.mentions.places_hits import Hit

NEAR_KM, SUREST = 40.0, 0.6
WEAK = str.maketrans("", "", "اويتء ")  # letters that spellings leave out or take for one another, and a last ه
ALIKE = ("بتثن", "جحخ", "دذ", "رز", "سش", "صض", "طظ", "عغ", "فق", "ضظ", "دض", "تط", "ثس", "سص", "قكغج")  # to eye or ear
MATES = {letter: "".join(group for group in ALIKE if letter in group) for letter in "".join(ALIKE)}
COME_AND_GO = "اويته"  # letters that a spelling may have more or less
LEVELS = {"settlement": ("settlement",), "neighbourhood": ("neighbourhood", "settlement")}


def _consonants(name: str) -> str:
    """The letters of a name that every spelling of it keeps, once where they stand twice."""
    bare = " ".join(word.removesuffix("ه") for word in name.split()).translate(WEAK)
    return "".join(letter for letter, _ in groupby(bare))


def _alike(name: str, key: str, careful: bool) -> bool:
    """Whether two names have the same consonants, but for some that look or sound alike where one need not be `careful`."""
    one, other = _consonants(name), _consonants(key)
    if one == other:
        return True
    if careful or len(one) != len(other):
        return False
    swapped = sorted(one) == sorted(other)
    return swapped or all(a == b or any(a in g and b in g for g in ALIKE) for a, b in zip(one, other, strict=True))


def _letters(name: str) -> str:
    """The letters that may be put into a name so that it stays alike: any other would be a new consonant of it."""
    return "".join(letter for letter in LETTERS if letter in COME_AND_GO or letter in name)


def respelled(hit: Hit, name: str, context: Context, container: Entry | None) -> Choice | None:
    """The place near the article's other places whose name is one letter away from `name` (folded words of a hit that
    the gazetteer does not hold); None when there is none.
    """
    levels = LEVELS.get(hit.head.kind if hit.head is not None else "settlement" if hit.member else "")
    if levels is None:
        return None
    gazetteer = context.gazetteer
    found: dict[str, tuple[float, Entry]] = {}
    for key in gazetteer.respellings(name, _letters(name), MATES):
        if key.removeprefix("ال")[:1] != name.removeprefix("ال")[:1]:
            continue  # nobody mistakes the first letter
        if not _alike(name, key, hit.member or hit.faint):
            continue  # an unknown village is not the known one that differs in a consonant: "محكان" is not "محران"
        for candidate in gazetteer.candidates(key):
            entry = candidate.entry
            if candidate.exact and entry.level in levels and context.share.get(entry.country, 0.0) >= 0.3:
                away = context.nearest(entry, key)
                inside = container is not None and contains(container, entry)
                if inside or (container is None and away < NEAR_KM):
                    score = entry.weight / 12 - min(away, 200.0) / 20
                    found[entry.id] = max(found.get(entry.id, (score, entry)), (score, entry), key=lambda f: f[0])
    ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].id))
    if not ranked:
        return None
    best = ranked[0][1]
    others = tuple(entry for _, entry in ranked[1:] if entry.km(best) > 8)
    return Choice(best, round(SUREST / (1 + 0.5 * len(others[:2])), 2), others[:4])
