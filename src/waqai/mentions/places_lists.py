"""Lists of places that a head noun in the plural opens: "قرى تل البلاط وأبو حيات", "عدة قرى أهمها "سروج" و"العيور"".

What stands in such a list is a place also when no gazetteer holds it.
"""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

from waqai.knowledge.gazetteer import Gazetteer
from waqai.model.quick import replace

LONGEST = 3  # words of an unknown name
QUOTED = 4  # words of a name between quotation marks
LIST = 3  # names of a list of checkpoints, one of which may be a party's
OPENING = 10  # tokens between a head noun and the list that it opens
OWNED = ("ها", "هما", "هم")  # "ومعسكرها" goes on with what belongs to the place before
COMMA, AND, QUOTE = "،", "و", '"'
BRACKETS = ("(", ")")
GLUE = (COMMA, AND, *BRACKETS)  # between two names of a list
CLOSED = (COMMA, ".", QUOTE, *BRACKETS)  # behind a name
KnownEnd = Callable[[Sequence[str], int], int]


@dataclass(frozen=True, slots=True)
class Item:
    """One name of a list: tokens `first` to `last`; the list goes on at `end`; `joined`: "و" is written onto the first."""

    first: int
    last: int
    end: int
    joined: bool


class ListReader:
    """Reads the names of a list; holds only what it is made with.

    `deeds` are words that tell what somebody did: "و" before one of them ends a list. `known_end` gives the token after
    the longest known name that begins at a token, or the token itself.
    """

    def __init__(self, gazetteer: Gazetteer, deeds: Container[str], known_end: KnownEnd) -> None:
        self._gazetteer, self._words, self._deeds, self._known_end = gazetteer, gazetteer.words, deeds, known_end

    def items(self, words: Sequence[str], i: int, shut: Container[int], sites: bool = False) -> list[Item]:
        """The names after the head noun at token `i`, when they are at least two, or stand in quotation marks.

        `sites` may bear the name of a party ("حواجز الأمن السياسي والنمر والمدرسة"), where most of the list does not.
        """
        found = self._read(words, i, () if sites else shut)
        if sites and (len(found) < LIST or sum(item.first in shut for item in found) * 2 > len(found)):
            found = self._read(words, i, shut)
        quoted = bool(found) and words[found[0].first - 1] == QUOTE
        return found if len(found) > 1 or quoted else []

    def _read(self, words: Sequence[str], i: int, shut: Container[int]) -> list[Item]:
        start = self._start(words, i + 1)
        at, found = start, list[Item]()
        while at < len(words):
            inside = _enclosed(words, start, at)  # one pair of marks or brackets stands around several names
            item = self._item(words, at, bool(found), inside, shut)
            if item is None:
                break
            found.append(item)
            at = item.end
        return found

    def _start(self, words: Sequence[str], at: int) -> int:
        """Where the names begin: right after the head noun and a colon, or after "among them" ("قرى عدة بينها")."""
        at += words[at : at + 1] == (":",)
        at += at < len(words) and words[at][0] == AND and self._many(words[at][1:])  # "بلدات وقرى حاس"
        for j in range(at, min(at + OPENING, len(words))):
            if words[j] in self._words.list_openers:
                return j + 1 + (words[j + 1 : j + 2] == (":",))
        return at

    def _many(self, word: str) -> bool:
        return word in self._words.heads and self._words.heads[word].many

    def _item(self, words: Sequence[str], at: int, later: bool, inside: bool, shut: Container[int]) -> Item | None:
        """The name that the list goes on with at a token; after the first one a comma or "and" must lead to it.

        `inside` says that it stands between quotation marks or brackets that hold names before it too.
        """
        led, joined = not later, False
        while at < len(words) and (words[at] in GLUE or _closes(words, at)):
            if words[at] == "(" and words[at + 2 : at + 3] == (")",) and words[at + 1] in self._words.directions:
                at += 3  # "الحسينية (شمال)، والغزالية (غرب)"
                continue
            led = led or words[at] in (COMMA, AND)
            joined = words[at] == AND
            at += 1
        deed = at < len(words) and words[at] in self._deeds and words[at] not in self._words.compound
        if at >= len(words) or at in shut or deed:
            return None
        if words[at] == QUOTE:
            return _quoted(words, at) if led else None
        if inside and led and words[at - 1] == COMMA:
            item = _quoted(words, at - 1) if self._opens_a_name(words[at]) else None
            return item and replace(item, joined=words[at][0] == AND and not self._gazetteer.holds(words[at]))
        written = later and words[at][0] == AND and words[at] not in self._words.heads
        if not (led or written) or words[at] in self._words.list_ends:
            return None
        if led and later and not (written or joined) and not self._stands_alone(words, at):
            return None
        return self._unquoted(words, at, written, shut)

    def _opens_a_name(self, word: str) -> bool:
        """Whether a word between brackets or marks may begin a name, and does not lead to who says so ("بحسب ناشطين")."""
        lists = self._words
        return not (word in lists.before or word in lists.speaking or word in lists.list_ends)

    def _unquoted(self, words: Sequence[str], at: int, joined: bool, shut: Container[int]) -> Item | None:
        first = words[at][1:] if joined else words[at]
        own = first[0] != AND or first in self._words.heads or self._known_end(words, at) > at
        short = len(first) == 2 and first not in self._words.before and at + 1 < len(words)
        short = short and words[at + 1].startswith("ال") and self._may_name(words[at + 1])  # "سن الديب"
        if not own or not (short or self._may_name(first)):
            return None
        last = max(self._known_end(words, at), at + 1)
        alone = last == at + 1
        while (
            last < min(at + LONGEST, len(words)) and last not in shut and self._goes_on(words, at, last, first, alone)
        ):
            last += 1
        return Item(at, last, last, joined) if self._may_end(words, last) else None

    def _stands_alone(self, words: Sequence[str], at: int) -> bool:
        """Whether a word behind a bare comma is a further name and not the next clause ("قرى الرفة، سفوهن، الكنايس")."""
        enclosed = at + 1 == len(words) or words[at + 1] in (COMMA, ".")
        return (
            enclosed
            or words[at].startswith("ال")
            or words[at] in self._words.compound
            or self._known_end(words, at) > at
        )

    def _goes_on(self, words: Sequence[str], at: int, last: int, first: str, alone: bool) -> bool:
        """Whether the word at `last` belongs to the name begun at `at`: "أبو حيات", "مروانة الفوقاني", "يكي دام"."""
        word = words[last]
        if word in self._words.name_ends:
            return True
        if not alone or last > at + 1 or word[0] == AND:
            return False
        if first in self._words.compound and word[0].isalpha() and word not in self._words.before:
            return True  # "خربة صعد", though صعد is a deed too
        if not self._may_name(word):
            return False
        if first in self._words.heads:
            return True
        after = words[last + 1] if last + 1 < len(words) else "."
        if first.startswith("ال") and word.startswith("ال") and word not in self._words.common:
            return after[0] == AND or after in CLOSED  # "الأمن السياسي", "الوادي الأحمر"
        where = word[0] == "ب" and (self._gazetteer.opens(word) or self._known_end(words, last) > last)  # "بريف حماة"
        if where or word.startswith("لل"):
            return False
        closed = after[0] == AND or after in CLOSED
        if word.startswith("ال"):
            told = first.startswith("ال") or self._known_end(words, at) > at or word.endswith(("ه", "تين", "ين"))
            return closed and not told  # "سطوح الدير", but not "كفريا المحاصرتين"
        return closed or after[0] == "ب" or after in self._words.list_ends

    def _may_end(self, words: Sequence[str], last: int) -> bool:
        """Whether a list may go on or end before a token: at "and", a mark, a direction, "in", a following adjective."""
        after = words[last] if last < len(words) else "."
        lists = self._words
        if after[0] in (AND, "ب") or not after[0].isalpha():
            return True
        follows = after in lists.list_ends or after in lists.directions or self._gazetteer.opens(after)
        return follows or (after.startswith("ال") and after.endswith(("ه", "ات", "تين")))

    def _may_name(self, word: str) -> bool:
        """Whether a word may begin an unknown name, as far as the word lists tell."""
        lists = self._words
        told = word in lists.before or word in lists.never or word in lists.speaking or word in lists.list_ends
        head = word in lists.heads and lists.heads[word].kind != "natural"
        head = head or (
            word[:2] == "ال" and word[2:] in lists.heads and lists.heads[word[2:]].many
        )  # "والتلال المحيطة"
        verb = (word in self._deeds and word not in lists.compound) or (
            word.endswith("ت") and not word.endswith(("ات", "وت", "يت"))
        )
        plain = (len(word) > 2 or word in self._words.compound) and word[0].isalpha() and not word.endswith(OWNED)
        told = told or word in lists.many_adjectives
        return plain and not (told or head or verb) and word not in self._gazetteer.adjectives


def _enclosed(words: Sequence[str], start: int, at: int) -> bool:
    """Whether a token stands between marks or brackets that open where a list begins and are closed after it."""
    if words[start:at].count(QUOTE) % 2 == 1:
        return True
    return words[start] == "(" and ")" not in words[start:at] and ")" in words[at:]


def _closes(words: Sequence[str], at: int) -> bool:
    """Whether the quotation mark at a token closes a name after which the list goes on ("«الزيارة» والمنصورة")."""
    return words[at] == QUOTE and at + 1 < len(words) and (words[at + 1][0] == AND or words[at + 1] == COMMA)


def _quoted(words: Sequence[str], at: int) -> Item | None:
    """The name after the quotation mark at a token, up to the next mark, comma or "and"; what belongs to it left out.

    Marks may be missing ("قرى "تل بيجو و"الشير"), and one pair may stand around several names ("سفوهن وترملا").
    """
    last = at + 1
    while (
        last < len(words) and words[last] not in (QUOTE, COMMA, AND, ")") and (last == at + 1 or words[last][0] != AND)
    ):
        last += 1
    if not at + 1 < last <= at + 1 + QUOTED or last == len(words):
        return None
    end = last
    while end < len(words) and words[end].endswith(OWNED):  # "سروج ومعسكرها"
        end += 1
    return Item(at + 1, last, end + (words[end : end + 1] == (QUOTE,)), False)
