"""Names that the gazetteer spells otherwise: one letter changed, doubled, missing or swapped, or the article more or less."""

from waqai.knowledge.gazetteer_records import Entry
from waqai.mentions.places_choose import Choice, Context, contains
from waqai.mentions.places_hits import Hit

NEAR_KM, SUREST = 40.0, 0.6
WEAK = str.maketrans("", "", "اويتء ")  # letters that spellings leave out or take for one another, and a last ه
LEVELS = {"settlement": ("settlement",), "neighbourhood": ("neighbourhood", "settlement")}


def _consonants(name: str) -> str:
    return " ".join(word.removesuffix("ه") for word in name.split()).translate(WEAK)


def respelled(hit: Hit, name: str, context: Context, container: Entry | None) -> Choice | None:
    """The place near the article's other places whose name is one letter away from `name` (folded words of a hit that
    the gazetteer does not hold); None when there is none.
    """
    levels = LEVELS.get(hit.head.kind if hit.head is not None else "settlement" if hit.member else "")
    if levels is None:
        return None
    gazetteer = context.gazetteer
    found: dict[str, tuple[float, Entry]] = {}
    for key in gazetteer.respellings(name):
        if key.removeprefix("ال")[:1] != name.removeprefix("ال")[:1]:
            continue  # nobody mistakes the first letter
        if (hit.member or hit.faint) and _consonants(key) != _consonants(name):
            continue  # an unknown village of a list is not the one that sounds like it, nor is "المدن بسقوط" a village
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
