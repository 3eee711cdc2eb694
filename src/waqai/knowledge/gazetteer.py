"""The gazetteer: which places bear a name, where they lie, how likely each is meant.

The bulk comes from `data/gazetteer/gazetteer.json.zst` (built by `tools/build_gazetteer.py`); `places_*.yaml`,
`countries.yaml`
and `words.yaml` beside it are edited by hand and take effect at once.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, get_args

import orjson

from waqai.arabic.clitics import splits
from waqai.arabic.phrases import MEMORY, folded_phrases
from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.knowledge.gazetteer_records import (
    EACH_OTHER,
    LETTERS,
    Before,
    Candidate,
    Entry,
    Name,
    Reading,
    Start,
    read_row,
    rivalled,
    same_place,
    spellings,
    without_conjunction,
)
from waqai.knowledge.gazetteer_records import distance as distance  # also found here
from waqai.knowledge.place_words import Head, PlaceWords, key_of, load_place_words
from waqai.model.mention import PlaceLevel

BUILT = "gazetteer/gazetteer.json.zst"
COUNTRY_FILE = "gazetteer/countries.yaml"
SHORTEST, LONGEST = 4, 30  # letters of a word that may be misspelt
CLEAR = 38  # weight of a place known well enough to stand for itself
_SECOND = re.compile(" (.+)")  # word of each line
# Nouns that with the article name no place after them.
NAMED = ("settlement", "neighbourhood", "district", "governorate")
TRUNK = frozenset(("ريفها", "ريفه", "ريفهما"))  # "its countryside"


Readings = Sequence[tuple[int, Reading]]  # words that may belong to a place's name, with where they stand


class Gazetteer:
    """Names to places; immutable but for bounded memos. Made by `load_gazetteer`."""

    def __init__(
        self,
        rows: list[str],
        index: Mapping[str, str],
        firsts: dict[str, int],
        pairs: set[str],
        curated: Mapping[str, list[Candidate]],
        adjectives: Mapping[str, str],
        words: PlaceWords,
    ) -> None:
        """Take the built columns, the curated candidates by key, country adjectives (folded, with ISO code), and the
        words.

        `firsts` holds the first word of every name with its lengths, `pairs` the first two words of the longer ones.
        """
        self._rows, self._index, self._firsts, self._pairs, self._curated = rows, index, firsts, pairs, curated
        self._seconds = frozenset(_SECOND.findall("\n".join(pairs)))  # tells most words apart without a pair
        self._readings: dict[str, Reading | None] = {}
        self._after_heads: dict[str, tuple[str, str, bool] | None] = {}
        self._names: dict[str, Name] = {}
        self._befores: dict[str, Before] = {}
        self._respellings: dict[tuple[str, str], tuple[str, ...]] = {}
        self.adjectives = adjectives
        self.words = words
        self._negative = frozenset(words.not_places)
        self._signs = frozenset((*words.heads, *words.directions, *TRUNK))

    def __len__(self) -> int:
        """Number of places of the built file."""
        return len(self._rows)

    def entry(self, row: int) -> Entry:
        """The place of one row of the built file."""
        return read_row(self._rows[row])

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """Every place that bears the folded name, curated ones first; a curated place stands for its double of the
        built file.
        """
        return self.name(key).candidates

    def _gather(self, key: str) -> tuple[Candidate, ...]:
        curated, rows = self._curated.get(key), self._rows
        built = [Candidate(read_row(rows[number >> 1]), not number & 1) for number in numbers_of(self._index, key)]
        if curated is None:
            return tuple(built)
        return (*curated, *[b for b in built if not any(same_place(c.entry, b.entry) for c in curated)])

    def is_negative(self, key: str) -> bool:
        """Whether the folded words are a name that is no place ("صدى الشام")."""
        return key in self._negative

    def holds(self, key: str) -> bool:
        """Whether the folded words are a name that is known, as a place or as none."""
        return key in self._index or key in self._curated or key in self._negative

    def starts(self, word: str) -> tuple[Start, ...]:
        """The ways in which a folded word may begin a known name; () for most words."""
        found = self.reading(word)
        return () if found is None else found.starts

    def reading(self, word: str) -> Reading | None:
        """What a folded word may be to a place's name; None for most words."""
        try:
            return self._readings[word]
        except KeyError:
            if len(self._readings) >= MEMORY:
                self._readings.clear()
            found = self._readings[word] = self._read(word)
            return found

    def _read(self, word: str) -> Reading | None:
        firsts, signs, words = self._firsts, self._signs, self.words
        starts, opens, head, direction, trunk = [], False, None, None, None
        for prefix, rest in splits(word):
            if rest in firsts:
                starts.append(Start(prefix, rest, firsts[rest]))
            if rest in signs:
                points, noun, free = rest in words.directions, words.heads.get(rest), "ال" not in prefix
                back = prefix.endswith("لل") and noun is not None and noun.kind in NAMED  # "المخرج الغربي للمدينة"
                opens = opens or points
                if noun is not None and head is None and free and not back:
                    head = (prefix, noun)
                if points and direction is None and free:
                    direction = (prefix, rest)
                if rest in TRUNK and trunk is None:
                    trunk = prefix
            opens = opens or rest.startswith("ريفه")
        opens = opens or head is not None
        if not opens and not starts:
            return None
        single = self._single(starts)
        longer = tuple([start.rest for start in starts if start.lengths > 3])
        if opens or (single is not None and not self.weak(single[1])):
            begins = 2
        else:
            begins = 1 if longer else 0
        return Reading(tuple(starts), longer, single, begins, opens, head, direction, trunk)

    def _single(self, starts: Iterable[Start]) -> tuple[str, str] | None:
        """The clitics and the key of the known one-word name that a word is."""
        for start in starts:
            if not start.lengths & 2 or start.prefix.endswith(("ال", "لل")) or start.rest in self.words.never:
                continue
            if self.holds(start.rest):
                return start.prefix, start.rest
        return None

    def after_head(self, word: str) -> tuple[str, str, bool] | None:
        """The known one-word name that a folded word is after a head noun: clitics, key, whether spelled as known.

        Here a name may also be known with the article it lacks, or without the one it has ("بلدة مشرفة" for المشرفة).
        """
        try:
            return self._after_heads[word]
        except KeyError:
            if len(self._after_heads) >= MEMORY:
                self._after_heads.clear()
            found = self._after_heads[word] = self._after_head(word)
            return found

    def _after_head(self, word: str) -> tuple[str, str, bool] | None:
        for prefix, rest, lengths in self.starts(word):
            if lengths & 2 and rest not in self.words.never and self.holds(rest):
                if prefix.endswith(("ال", "لل")):
                    return prefix[:-2] + ("ل" if prefix.endswith("لل") else ""), rest, False
                return prefix, rest, True
        key, common = "ال" + word, self.words.common
        if word.startswith("ال") or key in common or word in self.words.compound or word in common:
            return None
        return ("", key, False) if self.holds(key) else None

    def head(self, word: str, clitics: bool) -> tuple[str, Head] | None:
        """The head noun a folded word is, with the clitics before it (none allowed unless `clitics`); None for other
        words.
        """
        if not clitics:
            noun = self.words.heads.get(word)
            return None if noun is None else ("", noun)
        found = self.reading(word)
        return None if found is None else found.head

    def opens(self, word: str) -> bool:
        """Whether a folded word may be a head noun or a direction; False for most words."""
        found = self.reading(word)
        return found is not None and found.opens

    def busy(self, words: Sequence[str], lit: Readings | None = None) -> list[int]:
        """The positions of folded words at which a name, a head noun or a direction may begin; few of them.

        `lit` are the words with a reading, with their positions, when these are known already.
        """
        if lit is None:
            lit = [(i, reading) for i, word in enumerate(words) if (reading := self.reading(word)) is not None]
        return [i for i, reading in lit if reading.begins == 2 or (reading.begins and self.goes_on(reading, words, i))]

    def goes_on(self, reading: Reading, words: Sequence[str], i: int) -> bool:
        """Whether a known name of two or more words begins with the words at `i`, read so, and after it."""
        if not reading.longer or i + 1 >= len(words) or words[i + 1] not in self._seconds:
            return False
        following = words[i + 1]
        if len(reading.longer) == 1:
            return f"{reading.longer[0]} {following}" in self._pairs
        return any(f"{first} {following}" in self._pairs for first in reading.longer)

    def longer(self, first: str, second: str) -> bool:
        """Whether a known name of two or more words begins with these two."""
        return f"{first} {second}" in self._pairs

    def weak(self, key: str) -> bool:
        """Whether a name is a frequent word or a person's name and no well known place bears it."""
        return self.name(key).weak

    def _ordinary(self, key: str) -> bool:
        """Whether the words of a name are frequent, or a person's."""
        lists = self.words
        if key in lists.common or key in lists.persons:
            return True
        if " " not in key:
            return key in lists.titles
        return all(part in lists.persons or part in lists.titles for part in key.split())

    def name(self, key: str) -> Name:
        """The folded name with all that is known of it."""
        try:
            return self._names[key]
        except KeyError:
            if len(self._names) >= MEMORY:
                self._names.clear()
            found = self._names[key] = self._name(key)
            return found

    def before(self, word: str) -> Before:
        """What a folded word says about the name after it."""
        try:
            return self._befores[word]
        except KeyError:
            if len(self._befores) >= MEMORY:
                self._befores.clear()
            lists, plain = self.words, without_conjunction(word)
            person = word in lists.titles or (word in lists.persons and word not in lists.before)
            found = Before(person or plain in lists.organisations, plain in lists.before)
            self._befores[word] = found
            return found

    def _name(self, key: str) -> Name:
        candidates, lists, heaviest = self._gather(key), self.words, 0
        best: Entry | None = None
        for entry, exact in candidates:
            heaviest = max(heaviest, entry.weight)
            if exact and (best is None or entry.weight > best.weight):
                best = entry
        weak = heaviest < CLEAR and self._ordinary(key)
        if best is not None and best.weight < CLEAR:
            best = None
        common = weak or key in lists.common or key in lists.persons
        if not common and best is None and " " not in key:
            common = key.startswith("ال") and key.endswith(("ي", "يه"))
        clear = best if best is not None and not rivalled(best, candidates) else None
        head = lists.heads.get(key.partition(" ")[0])
        return Name(
            candidates, heaviest, common, clear, weak,
            key in self._negative, key in lists.capitals, key in lists.headed, head is not None and head.kind == "site",
        )  # fmt: skip

    def respellings(self, name: str, letters: str = LETTERS, mates: Mapping[str, str] = EACH_OTHER) -> tuple[str, ...]:
        """Known names of places that are one letter, or the article, away from a folded name that is not known.

        `letters` and `mates` are those that may be put in, as `spellings` takes them.
        """
        found = self._respellings.get((name, letters))
        if found is None:
            if len(self._respellings) >= MEMORY:
                self._respellings.clear()
            words, known = name.split(), dict[str, None]()
            for n, word in enumerate(words):
                for other in spellings(word, letters, mates) if SHORTEST <= len(word) <= LONGEST else ():
                    key = " ".join((*words[:n], other, *words[n + 1 :])) if len(words) > 1 else other
                    if key != name and (key in self._index or key in self._curated):
                        known[key] = None
            found = self._respellings[name, letters] = tuple(known)
        return found

    def curated(self) -> Iterator[Entry]:
        """The places of the files edited by hand, each as often as it has names."""
        yield from (c.entry for found in self._curated.values() for c in found)

    def keys(self) -> Iterable[str]:
        """All folded names of places."""
        yield from self._index
        yield from (key for key in self._curated if key not in self._index)


def load_gazetteer(files: KnowledgeFiles) -> Gazetteer:
    """The gazetteer of the knowledge files; KnowledgeError when a file is missing or wrong."""
    import zstandard

    path = Path(files.root) / BUILT
    if not path.exists():
        raise KnowledgeError(BUILT, None, "this file is missing; python tools/build_gazetteer.py writes it.")
    held: dict[str, Any] = orjson.loads(zstandard.ZstdDecompressor().decompress(path.read_bytes()))
    words = load_place_words(files)
    countries, adjectives = _countries(files)
    curated: dict[str, list[Candidate]] = {}
    rows, codes = held["rows"].split("\n"), held["codes"]
    index = dict(zip(held["names"].split("\n"), held["numbers"].split("\n"), strict=True))
    firsts = dict(zip(held["firsts"].split("\n"), map(int, held["lengths"].split()), strict=True))
    places = [*countries, *curated_places(files)]
    keys = iter(folded_phrases([name for _, names in places for name in names]))
    for entry, names in places:
        folded = list(islice(keys, len(names)))
        entry = _adopt(entry, folded[0], index, rows, codes.get(entry.id))
        for key in _keys(folded, words):
            curated.setdefault(key, []).append(Candidate(entry, True))
    pairs = set(held["pairs"].split("\n"))
    for key in [*curated, *words.not_places]:
        parts = key.split()
        firsts[parts[0]] = firsts.get(parts[0], 0) | 1 << len(parts)
        if len(parts) > 1:
            pairs.add(" ".join(parts[:2]))
    return Gazetteer(rows, index, firsts, pairs, curated, adjectives, words)


def _keys(keys: list[str], words: PlaceWords) -> list[str]:
    """The folded names of a curated place, without those that only put a head noun before another ("مدينة حمص")."""
    plain = ("settlement", "district", "governorate")
    found = []
    for key in keys:
        first, _, rest = key.partition(" ")
        head = words.heads.get(first)
        if (head is None or head.kind not in plain or rest not in keys) and key not in found:
            found.append(key)
    return found


def numbers_of(index: Mapping[str, str], key: str) -> list[int]:
    """The rows that bear a folded name: 2 * row, odd where it is another spelling; they are read from text when asked for."""
    return [int(number) for number in index.get(key, "").split()]


def _adopt(entry: Entry, key: str, index: Mapping[str, str], rows: list[str], pcode: str | None) -> Entry:
    """A curated place (`key`: its folded name) takes id and record of its double in the built file, so that there is one
    id for one place; its p-code is that of the subdistrict it lies in (`pcode`), or its double's.
    """
    for number in numbers_of(index, key):
        row = rows[number >> 1]
        if f"\t{entry.country}\t" not in row:
            continue  # the double has the country of the place; most rows need not be read
        found = read_row(row)
        if same_place(entry, found):
            return entry._replace(id=found.id, pcode=pcode or found.pcode, admin1=found.admin1, events=found.events,
                                  governorate=entry.governorate or found.governorate)  # fmt: skip
    return entry._replace(pcode=pcode)


def _countries(files: KnowledgeFiles) -> tuple[list[tuple[Entry, list[str]]], dict[str, str]]:
    content = files.get(COUNTRY_FILE)
    need(files, COUNTRY_FILE, content, ["countries"])
    places: list[tuple[Entry, list[str]]] = []
    adjectives: dict[str, str] = {}
    for code, entry in content["countries"].items():
        need(files, COUNTRY_FILE, entry, ["names", "en", "at", "weight", "adjective"])
        lat, lon = (float(cell) for cell in entry["at"])
        place = Entry(f"country:{code}", entry["names"][0], entry["en"], lat, lon, "A.PCLI", "country",
                      code, entry["en"], "", None, int(entry["weight"]), 0)  # fmt: skip
        places.append((place, entry["names"]))
        stem = key_of(entry["adjective"])
        for form in (stem, stem + "ه", "ال" + stem, "ال" + stem + "ه"):
            adjectives.setdefault(form, code)
    return places, adjectives


def curated_places(files: KnowledgeFiles) -> Iterator[tuple[Entry, list[str]]]:
    """The curated places: `XX Governorate: {slug: [name, English, lat, lon, level, weight, other names…]}`."""
    names = {code: entry["en"] for code, entry in files.get(COUNTRY_FILE)["countries"].items()}
    seen: set[str] = set()
    for file in files.folder("gazetteer"):
        if not file.startswith("gazetteer/places_"):
            continue
        for group, entries in files.get(file).items():
            country, _, governorate = group.partition(" ")
            if country not in names:
                raise files.error(file, group, f"unknown country {country!r}; countries stand in countries.yaml.")
            for slug, cells in entries.items():
                if slug in seen:
                    raise files.error(file, f"{slug}:", f"the place {slug!r} stands in the files a second time.")
                seen.add(slug)
                yield _place(
                    files, file, slug, cells, country, governorate or ("" if country == "SY" else names[country])
                )


def _place(
    files: KnowledgeFiles, file: str, slug: str, cells: list[Any], country: str, governorate: str
) -> tuple[Entry, list[str]]:
    try:
        name, english, level = cells[0], cells[1], cells[4]
        lat, lon, weight, others = float(cells[2]), float(cells[3]), int(cells[5]), cells[6:]
    except (IndexError, TypeError, ValueError):
        message = f"the place {slug!r} needs name, English, latitude, longitude, level, weight."
        raise files.error(file, f"{slug}:", message) from None
    if level not in get_args(PlaceLevel):
        raise files.error(file, f"{slug}:", f"unknown level {level!r}; known are {', '.join(get_args(PlaceLevel))}.")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise files.error(file, f"{slug}:", f"the point of {slug!r} is not on the globe.")
    entry = Entry(f"waqai:{slug}", name, english, lat, lon, "", level, country, governorate, "", None, weight, 0)
    return entry, [name, *others]
