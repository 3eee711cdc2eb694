"""Words that are broken up to pass filters: what may be mended, and what must stay apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold
from waqai.knowledge.files import KnowledgeFiles

FILE = "mending.yaml"
_KEYS = ("words", "apart", "clitics", "digits")
_ENDINGS = ("تهم", "تها", "ات", "ون", "ين", "ان", "وا", "ها", "هم", "نا", "ته", "يه", "ه", "ت", "ا", "ي")
_BY_LAST = {last: tuple(ending for ending in _ENDINGS if ending[-1] == last) for last in {e[-1] for e in _ENDINGS}}
_PRESENT = ("ت", "ن", "سي", "ست")


@dataclass(frozen=True, slots=True)
class MendingLexicon:
    """Folded words: `forms` may be mended, `apart` are words of their own, `clitics` letters that stand alone.

    `digits` are figures written for letters, as a table for `str.translate`.
    """

    forms: frozenset[str]
    apart: frozenset[str]
    clitics: frozenset[str]
    digits: Mapping[int, str]

    def knows(self, word: str) -> bool:
        """Whether a folded word, less clitics and endings, is one that may be mended."""
        forms = self.forms
        for _, rest in splits(word):
            if rest in forms:
                return True
            for ending in _BY_LAST.get(rest[-1:], ()):
                if rest.endswith(ending) and rest[: -len(ending)] in forms and len(rest) > len(ending) + 2:
                    return True
        return False


def load_mending(files: KnowledgeFiles) -> MendingLexicon:
    """The words of mending.yaml; KnowledgeError names file and line of what is wrong."""
    content = files.get(FILE)
    if not isinstance(content, dict) or set(content) != set(_KEYS):
        raise files.error(FILE, "words:", f"the file has to have the keys {', '.join(_KEYS)} and no others.")
    forms = set[str]()
    for row in content["words"]:
        for form in _words(files, row):
            forms.add(form)
            if form[0] == "ي" and len(form) > 3:
                forms.update(prefix + form[1:] for prefix in _PRESENT)
    apart = {word for row in content["apart"] for word in _words(files, row)}
    apart |= {clitic + word for clitic in "وفبلك" for word in apart if len(word) == 2}
    return MendingLexicon(
        frozenset(forms),
        frozenset(apart),
        frozenset(_words(files, content["clitics"])),
        _digits(files, content["digits"]),
    )


def _words(files: KnowledgeFiles, row: Sequence[Any]) -> list[str]:
    found = []
    for word in row if isinstance(row, list) else [row]:
        folded = fold(word) if isinstance(word, str) else ""
        if not folded or not all("\u0621" <= letter <= "\u064a" for letter in folded):
            raise files.error(FILE, str(word), f"{word!r} is not a word in Arabic letters without vowel marks.")
        found.append(folded)
    return found


def _digits(files: KnowledgeFiles, rows: Mapping[Any, Any]) -> dict[int, str]:
    found = {}
    for digit, letter in rows.items():
        if not str(digit).isdigit() or len(str(digit)) != 1:
            raise files.error(FILE, f"{digit}", f"{digit!r} is not one digit.")
        found[ord(str(digit))] = _words(files, [letter])[0]
    return found
