"""Which place a name means: every candidate is scored against the article's other places, twice over."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from waqai.knowledge.gazetteer import CLEAR, Candidate, Entry, Gazetteer
from waqai.mentions.places_scan import Hit

ADMINISTRATIVE = ("A.ADM2", "A.ADM3")
COUNTRY_SHARE = 4.5
EMPTY: frozenset[str] = frozenset()
# How well a candidate's level fits the head noun. "admin" is a district of the built file, "area" any other area.
FIT: Mapping[str, Mapping[str, float]] = {
    "": {
        "settlement": 0,
        "governorate": -0.8,
        "admin": -3,
        "area": 0,
        "neighbourhood": -1.5,
        "site": -0.3,
        "country": 1,
    },
    "settlement": {
        "settlement": 2,
        "neighbourhood": -0.5,
        "admin": -2,
        "area": -2,
        "governorate": -3,
        "site": -2,
        "country": -5,
    },
    "neighbourhood": {
        "neighbourhood": 4,
        "settlement": -1,
        "admin": -2,
        "area": -1,
        "governorate": -4,
        "site": -1,
        "country": -6,
    },
    "district": {
        "admin": 1.5,
        "area": 2,
        "settlement": 1,
        "governorate": -2,
        "neighbourhood": 0.5,
        "site": 0,
        "country": -4,
    },
    "governorate": {
        "governorate": 5,
        "settlement": -1,
        "admin": -1,
        "area": 1,
        "neighbourhood": -4,
        "site": -3,
        "country": -4,
    },
    "countryside": {
        "settlement": 1,
        "governorate": 1,
        "admin": -1,
        "area": 0,
        "neighbourhood": -4,
        "site": -4,
        "country": -5,
    },
    "natural": {
        "area": 2,
        "site": 2,
        "settlement": 0.5,
        "admin": -1,
        "governorate": -1,
        "neighbourhood": 0,
        "country": -4,
    },
    "site": {
        "site": 2,
        "settlement": 0.5,
        "neighbourhood": 0.5,
        "area": -0.5,
        "admin": -1.5,
        "governorate": -1,
        "country": -3,
    },
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The place a hit was found to mean, how sure that is (0-1), and the other candidates, best first."""

    entry: Entry
    sure: float
    others: tuple[Entry, ...]


class Context:
    """What the article as a whole says about where it plays: countries by share, and its anchors."""

    def __init__(self, gazetteer: Gazetteer, hits: Sequence[Hit], hints: Mapping[str, float]) -> None:
        """Take all hits of the article and the hints of adjectives (ISO code to strength)."""
        self.gazetteer = gazetteer
        votes: dict[str, float] = defaultdict(float, hints)
        self.bare = True  # no name in the text says on its own where it plays
        for hit in hits:
            best = self._clear(hit)
            if best is not None and best.level not in ("site", "neighbourhood"):
                self.bare = False
                votes[best.country] += 1.5 if best.level == "country" else 1.0
        total = sum(votes.values())
        self.share = {code: vote / total for code, vote in votes.items()} if total else {}
        self.anchors: dict[str, Entry] = {}  # by key: places that need no others to be understood
        self._together: dict[int, set[str]] = defaultdict(set)  # keys of the anchors of a sentence
        self._distances: dict[str, list[tuple[float, str]]] = {}
        self._scores: dict[tuple[str, str, int], list[tuple[float, Candidate]]] = {}
        self._anchor(hits)

    def _clear(self, hit: Hit) -> Entry | None:
        """The place of a name that is known well and that nobody would take for another."""
        if not hit.key or (is_common(self.gazetteer, hit) and hit.head is None):
            return None
        found = [c.entry for c in self.gazetteer.candidates(hit.key) if c.exact]
        best = max(found, key=lambda e: e.weight, default=None)
        if best is None or best.weight < CLEAR:
            return None
        rivals = (e for e in found if e.country != best.country and e.weight > best.weight - 15)
        return None if any(rivals) else best

    def _anchor(self, hits: Sequence[Hit]) -> None:
        seen: set[tuple[int, str]] = set()
        for hit in hits:
            if not hit.key or (hit.sentence, hit.key) in seen or (is_common(self.gazetteer, hit) and hit.head is None):
                continue
            seen.add((hit.sentence, hit.key))
            ranked = self.rank(hit, near=False)
            if not ranked:
                continue
            score, best = ranked[0]
            entry = best.entry
            if entry.level == "country" or (self.share and self.share.get(entry.country, 0) < 0.1):
                continue
            rival = next((s for s, c in ranked[1:] if c.entry.km(entry) > 40), None)
            alone = hit.head is not None and (rival is None or score - rival > 2)
            if alone or (entry.weight >= CLEAR and (rival is None or score - rival > 1)):
                self.anchors.setdefault(hit.key, entry)
                self._together[hit.sentence].add(hit.key)

    def rank(self, hit: Hit, near: bool = True, container: Entry | None = None) -> list[tuple[float, Candidate]]:
        """Candidates of a hit with their scores, best first; `near` counts the article's other places in."""
        kind = hit.head.kind if hit.head is not None else ""
        if kind == "around":
            kind = ""
        together = self._together.get(hit.sentence, EMPTY) if near else EMPTY
        alone = not together or (len(together) == 1 and hit.key in together)
        memo = (hit.key, kind, -1 if not near else -2 if alone else hit.sentence)
        if container is None and memo in self._scores:
            return self._scores[memo]
        fit = FIT[kind]
        found = []
        for candidate in self._likely(hit.key):
            entry = candidate.entry
            level = "admin" if entry.feature in ADMINISTRATIVE else entry.level
            score = entry.weight / 12 + COUNTRY_SHARE * self.share.get(entry.country, 0.0) + fit[level]
            if kind == "neighbourhood" and level == "settlement" and entry.weight > 65:
                score -= 4
            if not candidate.exact:
                score -= 1.2
            if near:
                score += self._nearness(entry, hit)
            if container is not None:
                score += 5 if contains(container, entry) else -3
            found.append((score, candidate))
        found.sort(key=lambda pair: (-pair[0], pair[1].entry.id))
        if container is None:
            self._scores[memo] = found
        return found

    def _from_anchors(self, entry: Entry) -> list[tuple[float, str]]:
        """Kilometres to each anchor, with its key, nearest first."""
        found = self._distances.get(entry.id)
        if found is None:
            lat, lon, narrow = entry.lat, entry.lon, math.cos(math.radians(entry.lat))
            found = [(math.hypot(lat - a.lat, (lon - a.lon) * narrow) * 111.2, key) for key, a in self.anchors.items()]
            found.sort()
            self._distances[entry.id] = found
        return found

    def _nearness(self, entry: Entry, hit: Hit) -> float:
        if entry.level == "country":
            return 0.0
        together = self._together.get(hit.sentence, ())
        score = 0.0
        for km, key in self._from_anchors(entry):
            if key != hit.key:
                if score == 0.0:
                    score = 2 / (1 + km / 40)
                if key in together:
                    return score + 3 / (1 + km / 30)
        return score

    def nearest(self, entry: Entry, key: str) -> float:
        """Kilometres to the nearest anchor of another name; infinite when there is none."""
        return next((km for km, other in self._from_anchors(entry) if other != key), math.inf)

    def _likely(self, key: str) -> Sequence[Candidate]:
        """The candidates of a name, without hamlets of countries that the article does not speak of."""
        found = self.gazetteer.candidates(key)
        if len(found) < 3 or not self.share:
            return found
        here = [c for c in found if c.entry.weight >= CLEAR or self.share.get(c.entry.country, 0.0) > 0.05]
        return here or found

    def choose(self, hit: Hit, container: Entry | None = None) -> Choice | None:
        """The place a hit means, or None when it is more likely no place at all."""
        ranked = self.rank(hit, container=container)
        if not ranked or not self._accept(hit, ranked[0][1], container):
            return None
        score, best = ranked[0]
        others = [(s, c.entry) for s, c in ranked[1:] if c.entry.km(best.entry) > 8]
        margin = score - others[0][0] if others else 6.0
        sure = 0.97 / (1 + math.exp(-0.9 * (margin + 0.6)))
        if not best.exact or not hit.spelled:
            sure *= 0.85
        return Choice(best.entry, round(sure, 2), tuple(e for _, e in others[:4]))

    def _accept(self, hit: Hit, best: Candidate, container: Entry | None) -> bool:
        entry, key = best.entry, hit.key
        share = self.share.get(entry.country, 0.0) if self.share else 1.0
        away = self.nearest(entry, key)
        common = is_common(self.gazetteer, hit)
        shown = hit.before or hit.listed or hit.head is not None
        inside = container is not None and contains(container, entry)
        if container is not None and container.level != "country" and not inside and entry.weight < CLEAR:
            return False  # another place of the name, which the gazetteer does not hold
        if inside and (shown or not common or entry.weight >= CLEAR):
            return True
        if not shown and key in self.gazetteer.words.capitals and share < 0.25:
            return False  # "وساطة مسقط": far capitals are governments unless something says a place
        if hit.head is not None and hit.head.kind not in ("natural", "site", "around") and not hit.listed:
            if common or not hit.spelled:
                return share >= 0.15 and (entry.weight >= 30 or away < 80)
            return entry.weight >= CLEAR or share >= 0.15 or away < 60
        if common:
            if self.bare and hit.before and entry.weight >= 50 and len(key) > 2:
                return True  # nothing else in the text says where it plays
            if hit.head is not None:
                return share >= 0.3 and away < 120
            if key in self.gazetteer.words.persons or entry.weight < CLEAR:
                return hit.listed and share >= 0.3 and away < 40
            known = away < 200 or (entry.weight >= 60 and share >= 0.6)
            return share >= 0.3 and known and (hit.before or hit.listed)
        if entry.weight >= CLEAR:
            famous = 52 if entry.level in ("site", "neighbourhood") else 60
            return not self.share or share > 0.05 or entry.weight >= famous
        if share < 0.15:
            return False
        if " " in key:
            return away < 150 or hit.head is not None or share > 0.6
        return (hit.before or hit.listed or hit.head is not None) and away < 50 and hit.spelled


def is_common(gazetteer: Gazetteer, hit: Hit) -> bool:
    """Whether the name is also a frequent word or a person's name."""
    words = gazetteer.words
    if hit.key in words.common or hit.key in words.persons or gazetteer.weak(hit.key):
        return True
    return (
        " " not in hit.key
        and hit.key.endswith(("ي", "يه"))
        and hit.key.startswith("ال")
        and not known_well(gazetteer, hit.key)
    )


def known_well(gazetteer: Gazetteer, key: str) -> bool:
    """Whether some place of that very name is well known."""
    return any(c.entry.weight >= CLEAR and c.exact for c in gazetteer.candidates(key))


def contains(outer: Entry, inner: Entry) -> bool:
    """Whether `inner` may lie in `outer`, as an article would say it ("المشرفة بريف حمص")."""
    if outer.country != inner.country:
        return False
    if outer.level == "country":
        return True
    if outer.level == "governorate":
        if outer.country == "SY":
            return outer.governorate == inner.governorate
        return outer.admin1 == inner.admin1 != "" or outer.km(inner) < 90
    return outer.km(inner) < (70 if outer.level == "area" or outer.weight > 55 else 25)
