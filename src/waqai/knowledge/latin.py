"""Arabic names of people in plain English letters: a table of usual spellings, and letters for the rest."""

import unicodedata
from collections.abc import Mapping, Sequence

LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y", "ء": "",
}  # fmt: skip
VOWELS = frozenset("اويع")


def plain_latin(name: str) -> str:
    """A name in Latin letters without the signs of scholarly transliteration.

    >>> plain_latin("Ḩawsh aḑ Ḑawāhirah"), plain_latin("Mar‘anāz")
    ('Hawsh ad Dawahirah', 'Maranaz')
    """
    if name.isascii():
        return name
    letters = unicodedata.normalize("NFKD", name)
    return "".join(c for c in letters if not unicodedata.combining(c) and c not in "‘’ʻʼʿʾ")


def latin_word(word: str) -> str:
    """One folded Arabic word by its letters, with the vowels that Arabic leaves out guessed as "a".

    >>> latin_word("قصاب"), latin_word("زيتون")
    ('Qasab', 'Zaytun')
    """
    if not word or word.isascii():
        return word.title()
    out: list[str] = []
    for n, letter in enumerate(word):
        before, after = word[n - 1] if n else "", word[n + 1] if n + 1 < len(word) else ""
        if letter == "ه" and not after and n:
            out.append("a")
            continue
        if (
            letter in "وي"
            and n
            and before not in VOWELS
            and (not after or after not in VOWELS)
            and not (n == 1 and after)
        ):
            out.append("u" if letter == "و" else "i")
            continue
        out.append(LETTERS.get(letter, letter))
        if letter not in VOWELS and after and after not in VOWELS and (n == 0 or before in VOWELS):
            out.append("a" if n == 0 else "")
        elif letter not in VOWELS and n == 0 and after in "وي" and len(word) > 2:
            out.append("a")
    name = "".join(out)
    return name[:1].upper() + name[1:]


def latin_name(words: Sequence[str], names: Mapping[str, str]) -> str:
    """A name of several folded words; "عبد" joins what follows, the article becomes "al-".

    >>> latin_name(("رامي", "عبد", "الرحمن"), {"رامي": "Rami", "رحمن": "Rahman"})
    'Rami Abdulrahman'
    """
    out: list[str] = []
    joined = False
    for word in words:
        if word in names:
            part = names[word]
        elif word.startswith("ال") and len(word) > 3:
            rest = names.get(word[2:]) or latin_word(word[2:])
            part = rest if joined else f"al-{rest}"
        else:
            part = latin_word(word)
        if joined and out:
            out[-1] = "Abdallah" if word == "الله" else "Abdul" + part.removeprefix("al-").lower()
            joined = False
        elif word in ("العبد", "عبد"):
            out.append("al-Abd" if word == "العبد" else "Abd")
            joined = word == "عبد"
        elif word == "الله" and out and out[-1] == "al-Abd":
            out[-1] = "al-Abdallah"
        else:
            out.append(part)
    return " ".join(out)
