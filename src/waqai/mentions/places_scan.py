"""Where an article names places: tokens that are a known name or stand after a head noun. Which place is meant comes later."""

from collections.abc import Container, Iterable, Sequence

from waqai.arabic.clitics import splits
from waqai.knowledge.gazetteer import CLEAR, Gazetteer, Readings
from waqai.knowledge.gazetteer_records import Start, without_conjunction
from waqai.knowledge.place_words import Head
from waqai.mentions.places_hits import Hit, own_name
from waqai.mentions.places_labels import labels
from waqai.mentions.places_lists import Item, ListReader

SITE, SETTLEMENT = Head("site", False), Head("settlement", True)
EACH = 3  # places of a list that no head noun opens
COUNTRYSIDE = Head("countryside", False)
UNKNOWN = ("settlement", "neighbourhood", "site")  # kinds of which the gazetteer may lack one
LISTED = ("settlement", "neighbourhood", "natural", "site", "district")  # kinds whose plural opens a list of names
QUOTES, CLOSING = frozenset(('"', "(")), frozenset(('"', ")"))  # "بلدة (الفان)"
COMMAS = frozenset(("،", "و", "او", "-"))


class Scanner:
    """Reads the hits of one sentence after the other; holds nothing between sentences."""

    def __init__(self, gazetteer: Gazetteer, deeds: Container[str] = ()) -> None:
        """Take the gazetteer, with its words, and the words of deeds that end a list of names."""
        self.gazetteer = gazetteer
        self.words = gazetteer.words
        self.deeds = deeds
        self.lists = ListReader(gazetteer, deeds, self._known_end)

    def sentence(
        self, number: int, words: Sequence[str], blocked: Iterable[tuple[int, int]], lit: Readings | None = None
    ) -> list[Hit]:
        """The hits of one sentence in reading order; no two overlap, and none touches a blocked token."""
        busy = self.gazetteer.busy(words, lit)
        hits: list[Hit] = []
        if not busy:
            return hits
        shut = {t for first, last in blocked for t in range(first, last)}
        heads = labels(number, words, shut, self.name_at, self.gazetteer.is_negative)
        for taken in (*heads, *self._taken(number, words, shut), *self._each_of(number, words, shut)):
            hits.append(taken)
            shut.update(range(taken.first, taken.last))
        told = {hit.name for hit in hits}
        i, list_end, inherited, n, size = 0, -1, None, 0, len(words)
        while i < size:
            while n < len(busy) and busy[n] < i:
                n += 1
            here = n < len(busy) and busy[n] == i
            if i == list_end:
                if not here and words[i] in COMMAS:
                    list_end += 1
                here = here or bool(self.gazetteer.starts(words[i]))
                here = here or (inherited is not None and words[i].startswith(("و", "ال")) and words[i] != "و")
            elif not here:
                if n == len(busy):
                    break
                i = busy[n]
                continue
            if not here or i in shut:
                i += 1
                continue
            named = self._list(number, words, i, shut, i == list_end)
            if named and named[0].name not in told:
                hits += named
                inherited, i = named[-1].head, named[-1].last
                list_end = i
                continue
            hit, i = self._at(number, words, i, shut, i == list_end, inherited)
            if hit is not None:
                hits.append(hit)
                inherited = hit.head if hit.head is not None and hit.head.many else None
                list_end = i
        return sorted(hits, key=lambda hit: hit.first)

    def _taken(self, number: int, words: Sequence[str], shut: Container[int]) -> list[Hit]:
        """Unknown names between quotation marks right after "they took" ("السيطرة على «اللواء 66»")."""
        found: list[Hit] = []
        if '"' not in words:
            return found
        for i in range(2, len(words) - 2):
            if words[i] != '"' or words[i - 1] not in ("علي", "وعلي") or i + 1 in shut:
                continue
            close = next((j for j in range(i + 2, min(i + 6, len(words))) if words[j] == '"'), None)
            reach = 16 if words[i - 1] == "وعلي" else 7
            took = any(word.startswith(self.words.took) for word in words[max(0, i - reach) : i - 1])
            if close is not None and took and self._known_end(words, i + 1) < close:
                hit = Hit(number, i + 1, i + 1, close, close, "", "", SITE, loose=True, member=True, before=True)
                found.append(hit)
        return found

    def _each_of(self, number: int, words: Sequence[str], shut: Container[int]) -> list[Hit]:
        """The places of a list that "each of" or "among them" opens ("في كل من حرستا، برزة، عرطوز"), where enough are known."""
        found: list[Hit] = []
        openers = self.words.list_openers
        for i, word in enumerate(words[:-EACH]):
            each = word in self.words.each_of and words[i + 1] == "من"
            if not each and word not in openers:
                continue
            at = i + each
            at += words[at + 1] == ":"
            members = [self._member(number, words, item, SETTLEMENT) for item in self.lists.items(words, at, shut)]
            known = [hit for hit in members if hit.key]
            if len(members) >= EACH and 2 * len(known) >= len(members):
                for hit in known:
                    if self.gazetteer.name(hit.key).heaviest >= CLEAR:
                        hit.head = None  # may be a quarter or a province as well
                found += members
        return found

    def _known_end(self, words: Sequence[str], i: int) -> int:
        """The token after the longest known name that begins at a token, or the token itself."""
        found = self.name_at(words, i, article=True)
        return i if found is None or self.gazetteer.is_negative(found[2]) else found[0]

    def _list(self, number: int, words: Sequence[str], i: int, shut: Container[int], joined: bool) -> list[Hit]:
        """The names of a list that the head noun at a token opens in the plural, known or not; none when it opens none."""
        found = self._plural(words, i)
        if found is None:
            return []
        at, prefix, head, around = found
        fronts = head.kind in ("around", "district")
        items = self.lists.items(words, at, shut, head.kind == "site")
        hits = [self._member(number, words, item, SETTLEMENT if head.kind == "around" else head) for item in items]
        if fronts and 2 * sum(bool(hit.key) for hit in hits) < len(hits):
            return []  # "محاور القتال والتماس"
        one = self.words.singulars.get(words[at][len(prefix) if at == i else 0 :])
        for hit in hits:
            if one is not None and not hit.key:
                hit.called = one
        if hits and items[0].first == at + 1:  # the head noun belongs to the first name: "في بلدتي كنصفرة وكفرعويد"
            hits[0].first, hits[0].prefix, hits[0].around = i, prefix, around
        elif hits and items[0].first == at + 2 and words[at + 1][0] == "و":  # "مدن وبلدات معرة النعمان وبنش"
            hits[0].first, hits[0].prefix = at + 1, "و"
        if hits:
            hits[0].listed = joined
        return hits

    def _plural(self, words: Sequence[str], i: int) -> tuple[int, str, Head, bool] | None:
        """The plural head noun at a token, or after "inside" and its like ("داخل بلدات"): where, clitics, noun, whether so."""
        reading = self.gazetteer.reading(words[i])
        if reading is None or reading.head is None:
            return None
        prefix, head = reading.head
        at, around = i, head.kind == "around"
        following = self.gazetteer.head(words[i + 1], False) if around and i + 1 < len(words) else None
        if following is not None:
            at, head = i + 1, following[1]
        return (at, prefix, head, around) if head.many and (head.kind in LISTED or around) else None

    def _member(self, number: int, words: Sequence[str], item: Item, head: Head) -> Hit:
        found, prefix = self.name_at(words, item.first, article=True), "و" if item.joined else ""
        known = found is not None and found[0] == item.last and found[1] == prefix and head.kind != "site"
        if found is None or not known or self.gazetteer.is_negative(found[2]):
            hit = Hit(number, item.first, item.first, item.last, item.last, prefix, "", head, loose=True)
        else:
            key, spelled = found[2], found[3]
            hit = Hit(number, item.first, item.first, item.last, item.last, prefix, key, head, spelled=spelled)
        hit.listed = hit.before = hit.member = True
        return hit

    def _at(
        self, number: int, words: Sequence[str], i: int, shut: set[int], listed: bool, inherited: Head | None
    ) -> tuple[Hit | None, int]:
        joined = listed and (words[i][0] == "و" or words[i - 1] in COMMAS)
        hit = None
        reading = self.gazetteer.reading(words[i])
        if reading is not None and reading.opens:
            hit = self._back(number, words, i) if reading.trunk is not None else None
            hit = hit or self._headed(number, words, i)
        if hit is None:
            hit = self._bare(number, words, i, joined, joined and inherited is not None)
            if hit is None:
                hit = self._loose(number, words, i, inherited) if joined and inherited is not None else None
                return (hit, hit.last) if hit is not None and i not in shut else (None, i + 1)
            if not hit.key or (joined and hit.last == i + 1 and words[i] in self.words.list_ends):
                return None, hit.last  # "عيتا الشعب ورميش، صباح اليوم"
            if joined and hit.head is None:
                hit.listed = True
                hit.head = inherited
        elif joined:
            hit.listed = True
        if shut and any(t in shut for t in range(hit.first, hit.last)) and not own_name(hit, shut):
            return None, i + 1
        return hit, hit.last

    def _bare(self, number: int, words: Sequence[str], i: int, joined: bool, headed: bool) -> Hit | None:
        """A known name at token `i`, without a head noun of its own; a hit with an empty key is a name that is no place.

        `joined` says that it goes on with a list, `headed` that a head noun opened that list.
        """
        found = self.name_at(words, i)
        if found is None:
            return None
        last, prefix, key, spelled = found
        name = self.gazetteer.name(key)
        if (name.weak and not joined) or (key in self.words.heads and self.words.heads[key].kind == "around"):
            return None  # "ومحيط" leads to a place
        speaks = not joined and name.capital and self._speaks(words, i, last, prefix)
        if name.negative or speaks or (name.headed and not headed):
            return Hit(number, i, i, last, last, prefix, "")
        previous = self.gazetteer.before(words[i - 1] if i else "")
        if key in self.words.verbs and not (joined or prefix or previous.place) and self._object_follows(words, last):
            return Hit(number, i, i, last, last, prefix, "")  # "دبابات تدمر السيارات"
        if prefix and words[i] in self.deeds:
            return Hit(number, i, i, last, last, prefix, "")  # "كسرت الفصائل الحصار" names no Sirte
        if previous.other and not prefix:
            return Hit(number, i, i, last, last, prefix, "")
        before = previous.place or "ب" in prefix or "ل" in prefix
        end = self._site_end(words, last) if name.site else last
        return Hit(number, i, i, last, end, prefix, key, spelled=spelled, before=before)

    def _speaks(self, words: Sequence[str], i: int, last: int, prefix: str) -> bool:
        """Whether the capital at token `i` stands for its government: "أعلنت أنقرة", "دمشق تتحدث", "متهما تل أبيب"."""
        lists = self.words
        previous = words[i - 1] if i else ""
        if "ب" in prefix or (previous in lists.before and not prefix and previous not in lists.speaking):
            return False
        after = words[last] if last < len(words) else ""
        if after in lists.particles and last + 1 < len(words):
            after = words[last + 1]
        if after == ":" and i == 0 and not prefix:
            return True
        if after in lists.speaking or (after and without_conjunction(after) in lists.speaking and after[0] == "و"):
            return True
        if prefix == "و" and previous:
            return previous in lists.capitals and self._speaks(words, i - 1, i, "")
        if previous in lists.particles and i > 1:
            previous = words[i - 2]
        return not prefix and (
            without_conjunction(previous) in lists.stances or without_conjunction(previous) in lists.speaking
        )

    def name_at(self, words: Sequence[str], i: int, article: bool = False) -> tuple[int, str, str, bool] | None:
        """The longest known name that begins at token `i`: token after it, clitics, key, whether spelled as known.

        With `article`, a name may also be known with the article it lacks here ("بلدة مشرفة" for المشرفة).
        """
        reading = self.gazetteer.reading(words[i])
        if reading is not None and self.gazetteer.goes_on(reading, words, i):
            best = self._longest(reading.starts, words, i, article)
            if best is not None or not article:
                return best
        if article:
            single = self.gazetteer.after_head(words[i])
            return None if single is None else (i + 1, *single)
        return None if reading is None or reading.single is None else (i + 1, *reading.single, True)

    def _longest(
        self, starts: Sequence[Start], words: Sequence[str], i: int, article: bool
    ) -> tuple[int, str, str, bool] | None:
        gazetteer, never = self.gazetteer, self.words.never
        best: tuple[int, str, str, bool] | None = None
        after = words[i + 1] if i + 1 < len(words) else ""
        for start in starts:
            rest, lengths = start.rest, start.lengths
            cut = start.prefix.endswith(("ال", "لل"))
            top = min(lengths.bit_length() - 1, len(words) - i) if lengths > 3 and gazetteer.longer(rest, after) else 1
            for size in range(top, 0, -1):
                if (best is not None and i + size <= best[0]) or (size == 1 and cut and not article):
                    break
                if lengths >> size & 1:
                    key = rest if size == 1 else f"{rest} {' '.join(words[i + 1 : i + size])}"
                    if key not in never and gazetteer.holds(key):
                        prefix = (
                            start.prefix[:-2] + ("ل" if start.prefix.endswith("لل") else "") if cut else start.prefix
                        )
                        best = (i + size, prefix, key, not cut)
                        break
        return best

    def _long_name_at(self, words: Sequence[str], i: int) -> bool:
        """Whether a known name of two or more words begins at token `i`."""
        reading = self.gazetteer.reading(words[i])
        if reading is None or not self.gazetteer.goes_on(reading, words, i):
            return False
        found = self._longest(reading.starts, words, i, False)
        return found is not None and found[0] > i + 1

    def _headed(self, number: int, words: Sequence[str], i: int) -> Hit | None:
        """Head nouns and directions from token `i` on, and the name after them: "شمال بلدة مهين", "ريف حمص الشرقي"."""
        j, prefix, head, bearing, around, city = i, "", None, None, False, False
        reading, size = self.gazetteer.reading, len(words)
        while j < size:
            read = reading(words[j])
            if read is None or not read.opens or (read.longer and self._long_name_at(words, j)):
                break
            if head is not None and head.kind in ("settlement", "neighbourhood") and words[j] in self.words.compound:
                break  # "قرية تل النيتل" is a village, and no hill
            step = self._direction(words, j, j > i) if bearing is None else None
            if step is not None:
                clitics, bearing, j2 = step
            else:
                if read.head is None:
                    break
                clitics, new = read.head
                if clitics and j > i and (head is None or head.kind != "countryside"):
                    break  # only the first word, and the one after "countryside", may have clitics
                if new.kind == "around":
                    around = True
                elif (
                    head is None
                    or head.kind == "countryside"
                    or new.kind not in ("settlement", "district", "governorate")
                ):
                    head = new
                else:
                    city = True
                j2 = j + 1
            if j == i:
                prefix = clitics
            j = j2
        if j == i or j >= len(words) or (head is None and bearing is None and not around):
            return None
        return self._named(number, words, i, j, prefix, head, bearing, around, city)

    def _named(
        self,
        number: int,
        words: Sequence[str],
        i: int,
        j: int,
        prefix: str,
        head: Head | None,
        bearing: int | None,
        around: bool,
        city: bool,
    ) -> Hit | None:
        adjective = self._direction(words, j, True) if head is not None and head.kind == "countryside" else None
        if adjective is not None and bearing is None:
            _, bearing, j = adjective
            if j < len(words) and words[j] in ("من", "في"):
                j += 1
            while j < len(words) and (self.gazetteer.head(words[j], True) is not None):
                if self._long_name_at(words, j):
                    break
                j += 1
            if j >= len(words):
                return None
        if head is not None and head.many and words[j] in self.words.many_adjectives:
            return None  # "خمس قرى جديدة"
        quoted = words[j] in QUOTES and j + 1 < len(words)
        j += quoted  # 'بلدة "جرجناز"'
        found = self.name_at(words, j, article=True)
        if found is None or self.gazetteer.is_negative(found[2]) or (found[1] not in ("", "ل", "ب")):
            negative = found is not None and self.gazetteer.is_negative(found[2])
            return (
                None if negative or head is None else self._unknown(number, words, i, j, prefix, head, bearing, around)
            )
        last, clitics, key, spelled = found
        whole = (
            next((k for k in range(last, min(last + 3, len(words))) if words[k] in CLOSING), last) if quoted else last
        )
        if whole > last and head is not None and head.kind in UNKNOWN and not head.many:
            return Hit(number, i, j, whole, whole + 1, prefix, "", head, bearing, around, before=True)  # "معرة الصين"
        if clitics and adjective is None and not (clitics == "ل" and head is not None and bearing is not None):
            return None if head is None else self._unknown(number, words, i, j, prefix, head, bearing, around)
        half = head is not None and head.kind in UNKNOWN and last == j + 1 and self._begins_name(words, j)
        if head is not None and (half or (head.kind == "site" and self.gazetteer.weak(key))):
            return self._unknown(number, words, i, j, prefix, head, bearing, around)
        end = last + (quoted and last < len(words) and words[last] in CLOSING)
        if head is not None and head.kind == "countryside" and bearing is None and last < len(words):
            step = self._direction(words, last, True)
            if step is not None and words[last].startswith("ال"):
                _, bearing, end = step
        elif head is not None and head.kind == "site":
            end = self._site_end(words, end)
        return Hit(number, i, j, last, end, prefix, key, head, bearing, around, spelled, before=True, city=city)

    def _unknown(
        self,
        number: int,
        words: Sequence[str],
        i: int,
        j: int,
        prefix: str,
        head: Head,
        bearing: int | None,
        around: bool,
    ) -> Hit | None:
        """A head noun with a name that the gazetteer does not hold ("حاجز الأعلاف", "مقر الكتيبة 101")."""
        hill = (
            head.kind == "natural"
            and not words[j].isdigit()
            and any(r in self.words.hills for _, r in splits(words[j - 1]))
        )
        hill = hill and (words[j].startswith("ال") or not words[j].endswith("ي"))
        area = words[j - 1].endswith(("منطقه", "ناحيه")) and words[j].startswith("ال")
        if not (hill or area) and (head.kind not in UNKNOWN or (head.many and head.kind == "site")):
            return None
        last = j + 2 if self._begins_name(words, j) else j
        while last < len(words) and last < j + 3 and self.nameable(words[last], last > j, head.kind == "site"):
            last += 1
        if last == j:
            if head.kind == "site" or len(words[j]) < 5 or not self.plain(words[j]):
                return None
            return Hit(number, i, j, j + 1, j + 1, prefix, "", head, bearing, around, before=True, faint=True)
        return Hit(number, i, j, last, last, prefix, "", head, bearing, around, before=True)

    def _begins_name(self, words: Sequence[str], j: int) -> bool:
        """Whether a word is the first of a name of two ("أبو جلود"), though a village may bear it alone."""
        if words[j] not in self.words.compound or j + 1 == len(words):
            return False
        return len(words[j + 1]) > 3 and self.plain(words[j + 1])

    def _loose(self, number: int, words: Sequence[str], i: int, head: Head) -> Hit | None:
        """An unknown name inside a list that a head noun opened ("قرى طربا والكسيب")."""
        word = words[i]
        bare = words[i - 1] == "،" and word.startswith("ال")  # "قرى الرفة، الهلبة، الكنايس"
        name = word if bare else word[1:]
        if not (bare or word[0] == "و") or len(name) < 5 or not self.plain(name) or _feminine_verb(word):
            return None
        faint = not name.startswith("ال") or not self.nameable(name, False, False)
        after = words[i + 1] if i + 1 < len(words) else "."
        closes = after[0] in "و،.;" or (not bare and (after in self.words.before or after[0] == "ب"))
        return (
            Hit(number, i, i, i + 1, i + 1, "" if bare else "و", "", head, listed=True, faint=faint, loose=True)
            if closes
            else None
        )

    def plain(self, word: str) -> bool:
        """Whether a word may be an unknown name as far as the word lists tell."""
        lists = self.words
        known = word in lists.before or word in lists.common or word in lists.never or word in lists.speaking
        known = known or word in lists.list_ends
        return (
            word[0] > "\u0620"
            and not known
            and not self.gazetteer.opens(word)
            and word not in self.gazetteer.adjectives
        )

    def nameable(self, word: str, later: bool, site: bool) -> bool:
        """Whether an unknown word may be (`later`: a further word of) a name after a head noun, that of a site or
        another.
        """
        lists = self.words
        if later:
            told = word in lists.directions or word in lists.list_ends or word[2:] in lists.many_adjectives
            return (word.startswith("ال") and not told) or word.isdigit()
        if site and word[0] == "و":
            return False  # "مستشفى ومصارف"
        return (
            (word.isdigit() or (len(word) > 2 and word[0] > "\u0620"))
            and word not in lists.before
            and ((site and word.startswith("ال")) or word not in lists.common)
            and word not in lists.never
            and word not in lists.list_ends
            and not (word.endswith(("ه", "ا")) and not word.startswith("ال"))
            and word not in self.gazetteer.adjectives
            and not any(
                (rest in lists.heads and "ال" not in prefix) or rest in lists.directions or rest in lists.never
                for prefix, rest in splits(word)
            )
        )

    def _direction(self, words: Sequence[str], i: int, inside: bool) -> tuple[str, int, int] | None:
        """A direction at token `i`: clitics, bearing, token after it."""
        directions, word = self.words.directions, words[i]
        if inside:
            if word not in directions:
                return None
            prefix, rest = "", word
        else:
            reading = self.gazetteer.reading(word)
            if reading is None or reading.direction is None:
                return None
            prefix, rest = reading.direction
        pair = f"{rest} {words[i + 1]}" if i + 1 < len(words) else ""
        if pair in directions:
            return prefix, directions[pair], i + 2
        return prefix, directions[rest], i + 1

    def _back(self, number: int, words: Sequence[str], i: int) -> Hit | None:
        """ "وريفها الشمالي": the countryside of the city named last."""
        reading = self.gazetteer.reading(words[i])
        if reading is None or reading.trunk is None:
            return None
        step = self._direction(words, i + 1, True) if i + 1 < len(words) else None
        last, bearing = (step[2], step[1]) if step else (i + 1, None)
        return Hit(number, i, i, i + 1, last, reading.trunk, "", COUNTRYSIDE, bearing, back=True)

    def _object_follows(self, words: Sequence[str], last: int) -> bool:
        """Whether a noun with the article stands right after, as the object of a verb does, and no adjective or list."""
        after = words[last] if last < len(words) else ""
        return after.startswith("ال") and after not in self.words.site_words and not after.endswith(("ي", "يه"))

    def _site_end(self, words: Sequence[str], last: int) -> int:
        """The end of a mention with the adjectives that follow a site's name ("مطار المزة العسكري")."""
        while last < len(words) and words[last] in self.words.site_words:
            last += 1
        return last


def _feminine_verb(word: str) -> bool:
    """Whether a word may be "and she did" ("وألحقت"), which is no name, unlike "والصالحيات"."""
    return word.endswith("ت") and not word.endswith(("ات", "وت", "يت"))
