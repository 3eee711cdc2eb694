"""Mending: words broken up to pass the filters of social networks become whole again ("قصـ ف", "د.اعش", "الهجما ت").

Nothing is joined unless the whole word is known (knowledge/data/mending.yaml) or stands elsewhere in the article, and
only where something looks broken: signs inside a word, or a piece of one to three letters that is no word of its own.
"""

import re
from collections.abc import Sequence, Set

from waqai.arabic.clitics import splits
from waqai.cleaning.offsets import Edit
from waqai.knowledge.mending import MendingLexicon

_SIGNS = re.compile(r"[.*@/\\_~^+|•·=#$!\-–…0-9]{1,3}")
_SIGNS_BEFORE_LETTER = re.compile(r"[.*@/\\_~^+|•·=#$!\-–…0-9]{1,3}(?=[\u0621-\u06d3])")
_PIECES = re.compile(r"[\u0621-\u06d3]+")
_BROKEN = re.compile(r"[\u0621-\u06d3]+(?:[.*@/\\_~^+|•·=#$!\-–…0-9]{1,3}[\u0621-\u06d3]+)+")
_WORDS = re.compile(r"\S+")
_ROUND = "\"'()[]{}«»،.,;:?!؛؟…“”-"
_PRONOUNS = frozenset(("به", "بها", "بهم"))  # "ضر به"
_CUT_ENDINGS = (" بة", " لة")  # "إصا بة": no words, but for the folding
_SHORT = 3  # letters of the shorter piece
_LONGEST_RUN = 12  # single letters in a row that are tried as one word ("د ا ع ش")
_LEAST = 5  # letters of a word that only the article itself vouches for
_REACH = 24  # letters looked back for the beginning of a word with signs in it


def broken(clean: str, folded: str, lexicon: MendingLexicon) -> list[Edit]:
    """The edits that make broken words of a text whole; `folded` is its folded form, of the same length."""
    found = _signs_inside(folded, lexicon)
    for ending in _CUT_ENDINGS:
        if ending in clean:
            folded = _with_ending(clean, folded, ending)
    found += _spaces_inside(folded, lexicon)
    if len(found) < 2:
        return found
    found.sort()
    return [edit for i, edit in enumerate(found) if not i or found[i - 1][1] <= edit[0]]


def _with_ending(clean: str, folded: str, ending: str) -> str:
    """The folded text with the cut-off "بة" as it is written: folded it would be the word "به"."""
    pieces, done = [], 0
    while (found := clean.find(ending, done)) >= 0:
        pieces += [folded[done:found], ending]
        done = found + len(ending)
    return "".join(pieces) + folded[done:]


def _letter(character: str) -> bool:
    return "\u0621" <= character <= "\u06d3"


def _signs_inside(folded: str, lexicon: MendingLexicon) -> list[Edit]:
    found: list[Edit] = []
    done = 0
    for signs in _SIGNS_BEFORE_LETTER.finditer(folded):
        start = signs.start()
        if start < done or start == 0 or not _letter(folded[start - 1]):
            continue
        begin = start
        while begin > max(done, start - _REACH) and _letter(folded[begin - 1]):
            begin -= 1
        word = _BROKEN.match(folded, begin, begin + 4 * _REACH)
        if word is None:
            continue
        done = word.end()
        found += _without_signs(word.group(), begin, lexicon)
    return found


def _without_signs(word: str, begin: int, lexicon: MendingLexicon) -> list[Edit]:
    """The edits of one word with signs inside; figures may stand for letters."""
    bare = "".join(_PIECES.findall(word))
    if not any(c.isdigit() for c in word) and not lexicon.knows(bare):
        return []
    if lexicon.knows(bare):
        gaps = [m.span() for m in _SIGNS.finditer(word)]
        return [(begin + start, begin + end, "") for start, end in gaps]
    read = word.translate(lexicon.digits)
    if not _PIECES.fullmatch(read) or not lexicon.knows(read):
        return []
    return [(begin + i, begin + i + 1, letter) for i, letter in enumerate(read) if word[i] != letter]


def _spaces_inside(folded: str, lexicon: MendingLexicon) -> list[Edit]:
    words = folded.split()
    vocabulary = set(words)
    apart, forms = lexicon.apart, lexicon.forms
    short = [w for w in vocabulary if len(w) <= _SHORT + 1 and w not in apart and w not in forms]
    shorts = {w for w in short if (len(w) <= _SHORT or not w.isalpha()) and _odd(w, lexicon)}
    if not shorts:
        return []
    article = _Words(words, vocabulary, shorts, lexicon)
    joins: list[tuple[int, int]] = []  # first word, words joined
    floor = 0
    for i in [i for i, word in enumerate(words) if word in shorts]:
        if i >= floor and (join := article.join(i, floor)):
            joins.append(join)
            floor = join[0] + join[1]
    return _gaps(folded, joins) if joins else []


def _core(word: str) -> str:
    return word if word.isalpha() else word.strip(_ROUND)


def _odd(word: str, lexicon: MendingLexicon) -> bool:
    """Whether a short word is no word of its own."""
    piece = _core(word)
    return (
        0 < len(piece) <= _SHORT
        and _PIECES.fullmatch(piece) is not None
        and piece not in lexicon.apart
        and piece not in lexicon.forms
    )


class _Words:
    """The words of one article, and which of them side by side are one word that was cut."""

    def __init__(self, words: Sequence[str], vocabulary: Set[str], odd: Set[str], lexicon: MendingLexicon) -> None:
        self.words, self.vocabulary, self.lexicon = words, vocabulary, lexicon
        self.odd = odd
        self.free: set[str] | None = None
        self.memo: dict[str, bool] = {}
        self.tried = 0  # words before this one are known to begin no word of single letters

    def join(self, i: int, floor: int) -> tuple[int, int] | None:
        """The first word and the number of words of the broken word that the odd piece `i` belongs to, or None."""
        if len(_core(self.words[i])) == 1 and (run := self.run(i)):
            return i, run
        windows = [(i - 1, 2), (i, 2)]
        if any(0 <= k < len(self.words) and len(self.words[k]) <= _SHORT + 1 for k in (i - 1, i + 1, i + 2)):
            windows += [(i - 1, 3), (i, 3)]
        found = [window for window in windows if window[0] >= floor and self.likely(*window)]
        for strict in (True, False) if found else ():
            for first, size in found:
                if self.whole(self.words[first : first + size], strict):
                    return first, size
        return None

    def likely(self, first: int, size: int) -> bool:
        """Whether pieces side by side spell something that is known or stands elsewhere in the article."""
        if first + size > len(self.words):
            return False
        joined = "".join(map(_core, self.words[first : first + size]))
        return self.knows(joined.replace("ة", "ه")) or (len(joined) >= _LEAST and joined in self.vocabulary)

    def knows(self, word: str) -> bool:
        """Whether the lexicon knows a word; asked once for each."""
        known = self.memo.get(word)
        if known is None:
            known = self.memo[word] = self.lexicon.knows(word)
        return known

    def run(self, i: int) -> int:
        """How many single letters from `i` on spell one word; 0 when they do not."""
        if i < self.tried:
            return 0
        letters = [_core(word) for word in self.words[i : i + _LONGEST_RUN]]
        end = next((n for n, letter in enumerate(letters) if len(letter) != 1 or not _letter(letter)), len(letters))
        for stop in range(end, 2, -1):
            if self.knows("".join(letters[:stop])) and _bare(self.words[i : i + stop], letters[:stop]):
                return stop
        self.tried = i + max(end, 1)
        return 0

    def whole(self, words: Sequence[str], strict: bool) -> bool:
        """Whether pieces side by side are one word: known, or standing whole elsewhere in the article.

        `strict` asks that none of the pieces is a word by itself.
        """
        pieces = [_core(word) for word in words]
        joined = "".join(pieces).replace("ة", "ه")
        listed = self.knows(joined)
        if not _bare(words, pieces) or not all(map(_PIECES.fullmatch, pieces)):
            return False
        apart = [p for p in pieces if self.apart(p)]
        clitics = [p for p in pieces if p in self.lexicon.clitics]
        strange = [p for p in pieces if p not in apart and p not in clitics and not self.knows(p)]
        if apart and not (len(pieces) == 2 and listed and strange and pieces[1] in _PRONOUNS):
            return False
        need = len(pieces) if strict else len(pieces) - 1 if clitics or not listed else 1
        return len(strange) >= max(need, 1) and not any(map(self.alone, strange))

    def apart(self, piece: str) -> bool:
        """Whether a piece is a word of its own, with or without clitics."""
        if piece in self.lexicon.apart:
            return True
        return len(piece) > _SHORT and any(rest in self.lexicon.apart for _, rest in splits(piece))

    def alone(self, piece: str) -> bool:
        """Whether a piece of four letters or more also stands where nothing looks broken: it is a word then."""
        if len(piece) <= _SHORT:
            return False
        if self.free is None:
            beside = zip(["", *self.words], self.words, [*self.words[1:], ""], strict=False)
            self.free = {_core(w) for before, w, after in beside if before not in self.odd and after not in self.odd}
        return piece in self.free


def _bare(words: Sequence[str], pieces: Sequence[str]) -> bool:
    """No signs between the pieces: only before the first and after the last."""
    return (
        words[0].endswith(pieces[0])
        and words[-1].startswith(pieces[-1])
        and all(word == piece for word, piece in zip(words[1:-1], pieces[1:-1], strict=True))
    )


def _gaps(folded: str, joins: Sequence[tuple[int, int]]) -> list[Edit]:
    """The spaces between the joined words, where they stand on one line."""
    found: list[Edit] = []
    spans = [m.span() for m in _WORDS.finditer(folded)]
    for first, size in joins:
        gaps = [(spans[i][1], spans[i + 1][0]) for i in range(first, first + size - 1)]
        if all(end - start <= 2 and "\n" not in folded[start:end] for start, end in gaps):
            found += [(start, end, "") for start, end in gaps]
    return found
