"""Inflection: the written forms of a verb or an event noun, made from the one or two forms that a dictionary gives."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from waqai.arabic.letters import fold

Tense = Literal["past", "present", "future", "noun"]
TENSES: tuple[Tense, ...] = ("past", "present", "future", "noun")
SUFFIXES = ("ه", "ها", "هم", "هما", "هن")


class Form(NamedTuple):
    """One written form (folded): its tense ("noun" for nouns and masdars), and whether a pronoun hangs on its end."""

    text: str
    tense: Tense
    pronoun: bool = False


def _past(past: str, hamza: bool) -> Iterator[tuple[str, str]]:
    """Folded past forms with the stem that a pronoun is put on; `hamza` says that the final alif carries one (بدأ)."""
    weak = past.endswith(("ي", "ا")) and len(past) > 2 and not hamza
    stem = past[:-1] if weak else past
    yield past, (stem + "ا") if weak else past
    yield stem + "ت", stem + "ت"
    yield stem + "وا", stem + "و"
    if not weak:
        yield stem + "ا", stem + "ا"
        yield stem + "تا", stem + "تا"
    else:
        yield stem + "يا", stem + "يا"


def _present(present: str) -> Iterator[tuple[str, str]]:
    weak = present.endswith(("ي", "ا", "و")) and len(present) > 3
    stem = present[:-1] if weak else present
    for head in ("ي", "ت"):
        yield head + present[1:], (head + stem[1:] + "ا") if present.endswith("ا") else head + present[1:]
    yield "ي" + stem[1:] + "ون", "ي" + stem[1:] + "ون"
    yield "ي" + stem[1:] + "وا", "ي" + stem[1:] + "و"
    yield "ي" + stem[1:] + "ان", "ي" + stem[1:] + "ان"
    yield "ت" + stem[1:] + "ان", "ت" + stem[1:] + "ان"


def verb_forms(entry: str) -> list[Form]:
    """All forms of a verb given as "past/present", in the third person; a following word stays with every form.

    >>> [f.text for f in verb_forms("قصف/يقصف") if f.tense == "past" and not f.pronoun]
    ['قصف', 'قصفت', 'قصفوا', 'قصفا', 'قصفتا']
    """
    past, _, present = fold(entry).partition("/")
    hamza = entry.partition("/")[0].partition(" ")[0].endswith("أ")
    found: list[Form] = []
    for word, tense in ((past, "past"), (present, "present")):
        head, space, tail = word.partition(" ")
        if not head:
            continue
        pairs = _past(head, hamza) if tense == "past" else _present(head)
        for form, stem in pairs:
            found.append(Form(form + space + tail, "past" if tense == "past" else "present"))
            if tense == "present":
                found.append(Form("س" + form + space + tail, "future"))
            if not tail:
                found += [Form(stem + end, "past" if tense == "past" else "present", True) for end in SUFFIXES]
    return found


def noun_forms(noun: str, dual: bool = True) -> list[Form]:
    """A noun or masdar with its tanween alif, its duals (where wanted) and its pronoun endings.

    A phrase of several words stays as it is but for the duals of a noun in ة with its adjective ("وقفتين احتجاجيتين").

    >>> [f.text for f in noun_forms("غارة")]
    ['غاره', 'غارتان', 'غارتين', 'غارتا', 'غارتي', 'غارته', 'غارتها', 'غارتهم', 'غارتهما', 'غارتهن']
    """
    word = fold(noun)
    found = [Form(word, "noun")]
    parts = noun.split()
    if dual and len(parts) <= 2 and all(part.endswith("ة") and not part.startswith("ال") for part in parts):
        stems = [part[:-1] + "ت" for part in word.split()]
        found += [Form(" ".join(stem + end for stem in stems), "noun") for end in ("ان", "ين")]
        found += [Form(stems[0] + end, "noun") for end in ("ا", "ي") if len(stems) == 1]
    if " " in word:
        return found
    feminine = noun.endswith("ة")
    if not feminine and not word.endswith(("ا", "ات", "ان", "ين", "ون", "اء", "ي")):
        found.append(Form(word + "ا", "noun"))
    stem = word[:-1] + "ت" if feminine else word
    return found + [Form(stem + end, "noun", True) for end in SUFFIXES]
