"""Words as the full-text index holds them, the same for what is stored and for what is asked."""

import re
from functools import lru_cache

from waqai.arabic.clitics import splits
from waqai.arabic.letters import fold

WORD = re.compile(r"\w+")
"""A word of a folded text."""
DROPPED = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
)
"""Vowel marks, tatweel and invisible signs: what does not tell words apart."""
_CLITICS = "وفبكل"
_LEAST = 3  # letters that stay when clitics go
_LONGEST = 64  # letters of a word that are kept: nobody asks for more, and PostgreSQL bounds them


def folded_words(given: str) -> list[str]:
    """The words of a text as they are compared: without vowel marks and tatweel, letters that are interchanged made one.

    >>> folded_words("سَيْطَرَتْ القوّاتُ على «إدلب»")
    ['سيطرت', 'القوات', 'علي', 'ادلب']
    """
    return WORD.findall(fold(DROPPED.sub("", given)))


def folded_lines(given: str) -> list[list[str]]:
    """The words of each line of a text, as `folded_words` gives them."""
    return [WORD.findall(line) for line in fold(DROPPED.sub("", given)).splitlines()]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without any clitic that may be one, as far as three letters stay: the same for all its written forms.

    >>> stem("وبالرستن"), stem("الرستن"), stem("حلب")
    ('رستن', 'رستن', 'حلب')
    """
    word = word[:_LONGEST]
    while True:
        if word.startswith("ال") and len(word) >= _LEAST + 2:
            word = word[2:]
        elif word[:1] in _CLITICS and len(word) > _LEAST:
            word = word[1:]
        else:
            return word


@lru_cache(maxsize=65536)
def readings(word: str) -> tuple[str, ...]:
    """What a folded word may be, clitics and article taken off in every way that may be right; itself first.

    >>> readings("وحلب")
    ('وحلب', 'حلب')
    """
    rests = (rest.removeprefix("ال") if len(rest) > 3 else rest for _, rest in splits(word[:_LONGEST]))
    return tuple(dict.fromkeys(rests))


@lru_cache(maxsize=65536)
def more_readings(word: str) -> tuple[str, ...]:
    """The readings of a word that its stem does not stand for."""
    root = stem(word)
    return tuple(reading for reading in readings(word) if reading != root)
