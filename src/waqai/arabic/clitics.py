"""Clitics: the letters that Arabic writes onto the front of a word (و ف ب ل ك ال), taken off in every way that may be right."""

from functools import lru_cache

CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")


@lru_cache(maxsize=65536)
def splits(word: str) -> tuple[tuple[str, str], ...]:
    """Ways to read a folded word as (clitics, rest), the uncut word first, each rest at least two letters long.

    The article stays with the rest ("الرستن") and is also offered without it; "لل" is read as ل + ال.

    >>> splits("وبالرستن")
    (('', 'وبالرستن'), ('و', 'بالرستن'), ('وب', 'الرستن'), ('وبال', 'رستن'))
    >>> splits("للنظام")
    (('', 'للنظام'), ('ل', 'النظام'), ('لل', 'نظام'))
    """
    found = [("", word)]
    heads = [("", word)]
    if word[:1] in CONJUNCTIONS and len(word) > 2:
        heads.append((word[0], word[1:]))
        found.append(heads[-1])
    for head, rest in heads:
        if rest.startswith("لل") and len(rest) > 3:
            found += [(head + "ل", "ال" + rest[2:]), (head + "لل", rest[2:])]
        elif rest[:1] in PREPOSITIONS and len(rest) > 2:
            found.append((head + rest[0], rest[1:]))
            if rest.startswith("ال", 1) and len(rest) > 4:
                found.append((head + rest[0] + "ال", rest[3:]))
        elif rest.startswith("ال") and len(rest) > 3:
            found.append((head + "ال", rest[2:]))
    return tuple(found)
