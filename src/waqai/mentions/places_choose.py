"""Which place a name means: every candidate is scored against the article's other places, twice over."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from waqai.knowledge.gazetteer import CLEAR, Gazetteer
from waqai.knowledge.gazetteer_records import Candidate, Entry
from waqai.mentions.places_hits import Hit
from waqai.model.quick import quick

Ranking = list[tuple[float, Candidate]]
ADMINISTRATIVE = frozenset(("A.ADM2", "A.ADM3"))
COUNTRY_SHARE = 4.5
ENOUGH = 4.0  # votes of other names from which an article says where it plays
LEAST_SHARE = 0.15  # of the article's countries, for a bare name that is not known well
MATES, MATES_KM, LEAST_MATES = 4.0, 40.0, 2  # what the other names of a list are worth, how near, how many
OTHERS = 4  # readings that lost and are kept
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


@quick
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
        own: dict[str, float] = defaultdict(float)  # by key: what a name itself says of the country
        self.bare = True  # no name in the text says on its own where it plays
        for hit in hits:
            best = self._clear(hit) if hit.key else None
            if best is not None and best.level not in ("site", "neighbourhood"):
                self.bare = False
                said = 1.5 if best.level == "country" else 1.0
                votes[best.country] += said
                own[hit.key] += said
        total = sum(votes.values())
        self.share = {code: vote / total for code, vote in votes.items()} if total else {}
        self._own, self._votes, self._total = own, votes, total
        self._spoken = frozenset([code for code, share in self.share.items() if share > 0.05])
        self.anchors: dict[str, Entry] = {}  # by key: places that need no others to be understood
        self._together: dict[int, set[str]] = {}  # keys of the anchors of a sentence
        self._priors: dict[tuple[str, str], Ranking] = {}
        self._near: dict[tuple[str, str], bool] = {}  # by id of a place and key of a name
        self._scores: dict[tuple[str, str, int], Ranking] = {}
        self._anchor(hits)

    def _clear(self, hit: Hit) -> Entry | None:
        """The place of a name that is known well and that nobody would take for another."""
        name = self.gazetteer.name(hit.key)
        return None if name.common and hit.head is None else name.clear

    def _anchor(self, hits: Sequence[Hit]) -> None:
        seen: set[tuple[int, str]] = set()
        for hit in hits:
            key = hit.key
            if not key or (hit.sentence, key) in seen:
                continue
            name = self.gazetteer.name(key)
            if hit.head is None and (name.common or name.heaviest < CLEAR):
                continue
            seen.add((hit.sentence, key))
            ranked = self.rank(hit, near=False)
            if not ranked:
                continue
            score, best = ranked[0]
            entry = best.entry
            if entry.level == "country" or (self.share and self.share.get(entry.country, 0) < 0.1):
                continue
            rival = next((s for s, c in ranked[1:] if c.entry.km(entry) > 40), None) if len(ranked) > 1 else None
            alone = hit.head is not None and (rival is None or score - rival > 2)
            if alone or (entry.weight >= CLEAR and (rival is None or score - rival > 1)):
                self.anchors.setdefault(key, entry)
                self._together.setdefault(hit.sentence, set()).add(key)

    def rank(self, hit: Hit, near: bool = True, container: Entry | None = None) -> Ranking:
        """Candidates of a hit with their scores, best first; `near` counts the article's other places in.

        The score of a candidate that is the only one means nothing.
        """
        key, kind = hit.key, hit.head.kind if hit.head is not None else ""
        together: AbstractSet[str] = self._together.get(hit.sentence, EMPTY) if near else EMPTY
        alone = not together or (len(together) == 1 and key in together)
        memo = (key, kind, -1 if not near else -2 if alone else hit.sentence)
        found = self._scores.get(memo)
        if found is None:
            found = self._prior(key, kind)
            if len(found) > 1:
                if near and self.anchors:
                    found = self._moved(key, found, EMPTY if alone else together)
                found.sort(key=_order)
            self._scores[memo] = found
        if container is None or len(found) < 2:
            return found
        inside = [(score + (5 if contains(container, c.entry) else -3), c) for score, c in found]
        inside.sort(key=_order)
        return inside

    def _prior(self, key: str, kind: str) -> Ranking:
        """Candidates with what is known of them without the article's other places."""
        found = self._priors.get((key, kind))
        if found is not None:
            return found
        likely = self._likely(key)
        if len(likely) < 2:
            found = [(0.0, candidate) for candidate in likely]
        else:
            fit, shares, found = FIT["" if kind == "around" else kind], self.share, []
            for candidate in likely:
                entry = candidate.entry
                level = "admin" if entry.feature in ADMINISTRATIVE else entry.level
                score = entry.weight / 12 + COUNTRY_SHARE * shares.get(entry.country, 0.0) + fit[level]
                if kind == "neighbourhood" and level == "settlement" and entry.weight > 65:
                    score -= 4
                found.append((score if candidate.exact else score - 1.2, candidate))
        self._priors[key, kind] = found
        return found

    def _moved(self, key: str, ranked: Ranking, together: AbstractSet[str]) -> Ranking:
        """The candidates of a name, scored higher the nearer they lie to anchors, above all to those of the sentence."""
        others = [(a.lat, a.lon) for other, a in self.anchors.items() if other != key]
        if not others:
            return list(ranked)
        beside = [(self.anchors[other].lat, self.anchors[other].lon) for other in together if other != key]
        moved = []
        for score, candidate in ranked:
            entry = candidate.entry
            if entry.level != "country":
                nearness = 2 / (1 + kilometres_to(entry, others) / 40)
                if beside:
                    nearness += 3 / (1 + kilometres_to(entry, beside) / 30)
                score += nearness
            moved.append((score, candidate))
        return moved

    def nearest(self, entry: Entry, key: str) -> float:
        """Kilometres to the nearest anchor of another name; infinite when there is none."""
        return kilometres_to(entry, [(a.lat, a.lon) for other, a in self.anchors.items() if other != key])

    def _likely(self, key: str) -> Sequence[Candidate]:
        """The candidates of a name, without hamlets of countries that the article does not speak of."""
        found, spoken = self.gazetteer.candidates(key), self._spoken
        if len(found) < 3 or not self.share:
            return found
        here = [c for c in found if c.entry.country in spoken or c.entry.weight >= CLEAR]
        return here or found

    def _beside(self, ranked: Ranking, mates: Sequence[str]) -> Ranking:
        """The candidates of a name of a list, scored higher the more of the other names there are places of nearby."""
        return sorted(((score + MATES * self.shared(c.entry, mates), c) for score, c in ranked), key=_order)

    def shared(self, entry: Entry, mates: Sequence[str]) -> float:
        """The share (0-1) of the other names of a list of which there is a place near this one."""
        near = 0
        for key in mates:
            pair = entry.id, key
            if pair not in self._near:
                points = [(c.entry.lat, c.entry.lon) for c in self._likely(key)]
                self._near[pair] = kilometres_to(entry, points) < MATES_KM
            near += self._near[pair]
        return near / len(mates) if len(mates) >= LEAST_MATES else 0.0

    def choose(self, hit: Hit, container: Entry | None = None, mates: Sequence[str] = ()) -> Choice | None:
        """The place a hit means, or None when it is more likely no place at all; `mates` are the other names of its list."""
        if container is None and hit.head is None and self._foreign(hit.key):
            return None
        ranked = self.rank(hit, container=container)
        if len(ranked) > 1 and len(mates) >= LEAST_MATES:
            ranked = self._beside(ranked, mates)
        if not ranked:
            return None
        here = self.share.get(ranked[0][1].entry.country, 0.0) >= LEAST_SHARE
        at_home = here and hit.listed and self.shared(ranked[0][1].entry, mates) > 0.5
        if not at_home and not self._accept(hit, ranked[0][1], container):
            return None
        score, best = ranked[0]
        entry, margin, others = best.entry, 6.0, list[Entry]()
        for number in range(1, len(ranked)):
            other = ranked[number][1].entry
            if other.km(entry) > 8:
                if not others:
                    margin = score - ranked[number][0]
                others.append(other)
                if len(others) == OTHERS:
                    break
        sure = 0.97 / (1 + math.exp(-0.9 * (margin + 0.6)))
        if not best.exact or not hit.spelled:
            sure *= 0.85
        return Choice(entry, round(sure, 2), tuple(others))

    def _foreign(self, key: str) -> bool:
        """Whether a bare name has no well known place and none in the article's countries, so that `_accept` would
        refuse whichever came first: most names of an archive, and ranking them costs the most.
        """
        shares, name = self.share, self.gazetteer.name(key)
        if name.heaviest >= CLEAR or not shares:
            return False
        return all(shares.get(entry.country, 0.0) < LEAST_SHARE for entry, _ in name.candidates)

    def _share_of_others(self, entry: Entry, key: str) -> float:
        """The share of a place's country among all that the names of the article say, without this one where they are many."""
        rest = self._total - self._own.get(key, 0.0)
        if rest < ENOUGH:
            return self.share.get(entry.country, 0.0) if self.share else 1.0
        return (self._votes.get(entry.country, 0.0) - self._own.get(key, 0.0)) / rest

    def _accept(self, hit: Hit, best: Candidate, container: Entry | None) -> bool:
        entry, key = best.entry, hit.key
        share = self.share.get(entry.country, 0.0) if self.share else 1.0
        common = self.gazetteer.name(key).common
        shown = hit.before or hit.listed or hit.head is not None
        inside = container is not None and contains(container, entry)
        elsewhere = container is not None and container.level != "country" and not inside
        quarter = hit.head is not None and hit.head.kind == "neighbourhood" and not (hit.head.many or hit.city)
        if elsewhere and (entry.weight < CLEAR or quarter):
            return False  # another place of the name, which the gazetteer does not hold
        if inside and (shown or not common or entry.weight >= CLEAR):
            return True
        if not shown and key in self.gazetteer.words.capitals and share < 0.25:
            return False  # "وساطة مسقط": far capitals are governments unless something says a place
        if hit.head is not None and hit.head.kind not in ("natural", "site", "around") and not hit.listed:
            if common or not hit.spelled:
                return share >= 0.15 and (entry.weight >= 30 or self.nearest(entry, key) < 80)
            return entry.weight >= CLEAR or share >= 0.15 or self.nearest(entry, key) < 60
        if common:
            if self.bare and hit.before and entry.weight >= 50 and len(key) > 2:
                return True  # nothing else in the text says where it plays
            if hit.head is not None:
                return share >= 0.3 and self.nearest(entry, key) < 120
            if key in self.gazetteer.words.persons or entry.weight < CLEAR:
                return hit.listed and share >= 0.3 and self.nearest(entry, key) < 40
            if share < 0.3 or not (hit.before or hit.listed):
                return False
            return (entry.weight >= 60 and share >= 0.6) or self.nearest(entry, key) < 200
        if entry.weight >= CLEAR:
            famous = 52 if entry.level in ("site", "neighbourhood") else 60
            headed = hit.head is not None and hit.head.kind == "site"  # 'كازية "الاتحادية"' is no palace abroad
            return self._share_of_others(entry, key) > 0.05 or (entry.weight >= famous and not headed)
        if share < LEAST_SHARE:
            return False
        if " " in key:
            return hit.head is not None or share > 0.6 or self.nearest(entry, key) < 150
        return shown and hit.spelled and self.nearest(entry, key) < 50


def _order(scored: tuple[float, Candidate]) -> tuple[float, str]:
    return -scored[0], scored[1].entry.id


def kilometres_to(entry: Entry, points: Sequence[tuple[float, float]]) -> float:
    """Kilometres from a place to the nearest of some points; infinite when there are none."""
    lat, lon, nearest = entry.lat, entry.lon, math.inf
    narrow = math.cos(math.radians(lat))
    for other_lat, other_lon in points:
        away = math.hypot(lat - other_lat, (lon - other_lon) * narrow)
        if away < nearest:
            nearest = away
    return nearest * 111.2


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
