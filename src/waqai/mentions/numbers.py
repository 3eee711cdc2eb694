"""Numbers in a sentence: "أكثر من 40 قتيلا", "عشرات المدنيين", "بين 10 و15", "طفلين", "الثالثة عشرة".

A mention's rule is "number/" and how it was read: cardinal, crowd, fraction, range, dual, definite (الجنود الثلاثة),
ordinal, date, time, name, or the bound of its qualifier (more than, at least, about, less than, at most, up to).
Units that end in "?" mark figures that count nothing: "year?", "date?", "time?", "name?".
Ordinals have the unit "ordinal".
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from waqai.arabic.clitics import splits
from waqai.knowledge.numbers import NumberKnowledge, UnitNoun
from waqai.knowledge.people import PeopleKnowledge, PersonNoun
from waqai.mentions.numbers_bounds import Bound, after_number, before_number, bounded, far_after
from waqai.mentions.numbers_ranges import Range, find_range
from waqai.mentions.numbers_words import Reading, read_number
from waqai.model.mention import Mention, Quantity
from waqai.model.text import Sentence

SHARES = ("percent", "per-thousand")  # their own words ("بالمئة") must not be read as numbers again
CLITIC_TOKENS = frozenset(("و", "ب", "ل", "ف", "ك", "ال", "وال", "بال", "لل", "وب", "ول", "وبال", "ولل", "فال"))


class _Found(NamedTuple):
    """A mention under way: tokens, letters of the first token left out, value and rule; `done` is where to go on."""

    first: int
    last: int
    prefix: str
    low: float
    high: float | None
    unit: str | None
    rule: str
    done: int


def find_numbers(
    sentence: Sentence,
    numbers: NumberKnowledge,
    people: PeopleKnowledge,
    lit: Sequence[tuple[int, bool]] | None = None,
) -> tuple[Mention[Quantity], ...]:
    """Every number of a sentence, in reading order, as `Quantity(low, high, unit)`.

    The span holds the number and its qualifier, not the counted noun; a dual noun ("طفلين") is its own span. `lit` are the
    tokens at which a number may begin (`NumberKnowledge.begins_with`), when these are known already.
    """
    if lit is None:
        lit = [(i, True) for i, word in enumerate(sentence.words) if numbers.begins_with(word, people)]
    if not lit:  # most sentences hold no number
        return ()
    return tuple([_mention(sentence, found) for found in _scan(sentence, numbers, people, lit)])


def _mention(sentence: Sentence, found: _Found) -> Mention[Quantity]:
    start = sentence.starts[found.first] + len(found.prefix)
    span = sentence.text.span(start, sentence.ends[found.last - 1])
    value = Quantity(_whole(found.low), None if found.high is None else _whole(found.high), found.unit)
    rule = f"number/{found.rule}"
    return Mention("number", sentence.number, found.first, found.last, span, value, rule, found.prefix)


def _whole(value: float) -> float:
    return int(value) if value == int(value) else value


def _scan(
    sentence: Sentence, numbers: NumberKnowledge, people: PeopleKnowledge, lit: Sequence[tuple[int, bool]]
) -> Iterator[_Found]:
    words, floor = sentence.words, 0
    for i, _ in lit:
        if i < floor:
            continue
        word = words[i]
        figure = word[0].isdigit() or numbers.word(word) is not None
        found = _number(sentence, i, floor, numbers, people) if figure else _dual(sentence, i, numbers, people)
        if found is not None:
            yield found
            floor = found.done


def _number(sentence: Sentence, i: int, floor: int, numbers: NumberKnowledge, people: PeopleKnowledge) -> _Found | None:
    """The number at token `i` with range, bound and unit, or None."""
    reading = read_number(sentence, i, numbers)
    if reading is None:
        return None
    reading = _signed(sentence, _article(sentence, reading))
    span = find_range(sentence, reading, floor, numbers) if reading.kind in ("cardinal", "crowd") else None
    last = span.last if span else reading.last
    unit, noun_end = _unit_after(sentence, last, numbers, people)
    if unit is not None and _part_of(sentence, reading):
        unit = None
    if unit is None and not span:
        bare = _bare(sentence, reading, numbers)
        if bare:
            return bare
    if span:
        return _range(span, unit)
    before = before_number(sentence, reading, floor, numbers)
    if before and before.bound == "up to" and (unit is None or isinstance(unit, UnitNoun)):
        before = None
    if reading.kind == "ordinal" or (reading.kind in ("definite", "round") and not before):
        return _definite(sentence, reading, unit, numbers, people)
    if reading.kind in ("date", "time"):
        return _found(reading, f"{reading.kind}?", reading.kind)
    if unit is None:
        unit = _unit_before(sentence, reading, numbers, people)
        if unit is None and not before and _no_count(sentence, reading, numbers):
            return None
    return _qualified(sentence, reading, before, unit, noun_end, numbers, people)


def _part_of(sentence: Sentence, reading: Reading) -> bool:
    """Whether the noun behind a number is a whole of which it takes a part: "نصف القتلى", "واحد من القادة"."""
    words, i = sentence.words, reading.last
    if i >= len(words) or words[reading.first][0].isdigit():
        return False
    if reading.kind == "fraction" and reading.low < 1:
        return words[i] == "من" or words[i].startswith("ال")
    return reading.low == 1 and words[i] == "من"


def _found(reading: Reading, unit: str | None, rule: str) -> _Found:
    return _Found(reading.first, reading.last, _clitics(reading), reading.low, reading.high, unit, rule, reading.last)


def _clitics(reading: Reading) -> str:
    """The clitics left out of the span: the article stays with a number that begins with it."""
    return reading.prefix[:-2] if reading.prefix.endswith("ال") else reading.prefix


def _range(span: Range, unit: PersonNoun | UnitNoun | None) -> _Found:
    id = unit.id if unit else "year?" if _years(span.low, span.high) else None
    return _Found(span.first, span.last, span.prefix, span.low, span.high, id, "range", span.last)


def _years(low: float, high: float) -> bool:
    return 1900 <= low <= 2099 and 1900 <= high <= 2099


def _article(sentence: Sentence, reading: Reading) -> Reading:
    """ "ال11": the article stands as a token of its own before digits."""
    before = sentence.words[reading.first - 1] if reading.first else ""
    if before not in CLITIC_TOKENS or not before.endswith("ال") or not sentence.words[reading.first][0].isdigit():
        return reading
    return reading._replace(first=reading.first - 1, kind="round", prefix=before, plain=False)


def _signed(sentence: Sentence, reading: Reading) -> Reading:
    """ "-1200" and ".77" where nothing touches the sign from the left."""
    words, starts, ends, i = sentence.words, sentence.starts, sentence.ends, reading.first
    if not i or not words[i][0].isdigit() or ends[i - 1] != starts[i] or (i > 1 and ends[i - 2] == starts[i - 1]):
        return reading
    if words[i - 1] == "-" and reading.kind != "range":
        return reading._replace(first=i - 1, low=-reading.low, high=-reading.high, plain=False)
    if words[i - 1] == "." and reading.plain:
        value = float(f"0.{words[i]}")
        return reading._replace(first=i - 1, low=value, high=value, plain=False)
    return reading


def _unit_after(
    sentence: Sentence, j: int, numbers: NumberKnowledge, people: PeopleKnowledge
) -> tuple[PersonNoun | UnitNoun | None, int]:
    """The counted noun at token `j`, or behind "من", and the token after it."""
    words = sentence.words
    for start in (j, j + 1):
        if start >= len(words) or (start > j and words[j] != "من"):
            break
        person, unit = people.table.at(words, start), numbers.units.at(words, start)
        for match in (unit, person) if unit and person and unit.last > person.last else (person, unit):
            if match and match.prefix in ("", "ال") and (start == j or match.entry.number == "plural"):
                return match.entry, match.last
    return None, j


def _unit_before(
    sentence: Sentence, reading: Reading, numbers: NumberKnowledge, people: PeopleKnowledge
) -> PersonNoun | UnitNoun | None:
    """The noun before "واحد" and "اثنين", or before a definite number ("الجنود الثلاثة")."""
    i, definite = reading.first, reading.kind in ("definite", "round")
    if not i or not (definite or (reading.low in (1, 2) and reading.prefix == "" and not reading.plain)):
        return None
    for table in (people.table, numbers.units):
        match = table.at(sentence.words, i - 1)
        if match is None or match.last != i:
            continue
        noun: PersonNoun | UnitNoun = match.entry
        if not definite or (noun.number == "plural" and match.prefix.endswith(("ال", "لل"))):
            return noun
    return None


def _bare(sentence: Sentence, reading: Reading, numbers: NumberKnowledge) -> _Found | None:
    """Digits that count nothing: days of a month, years, names, hours."""
    words, i = sentence.words, reading.first
    if reading.kind == "round" or not (words[i][0].isdigit() and reading.last == i + 1):
        return None
    after = words[reading.last : reading.last + 2]
    if after[:1] == ("من",):
        after = after[1:]
    if after and after[0] in numbers.sets["months"] and reading.plain and reading.low <= 31:
        return _found(reading, "date?", "date")
    k = i - 2 if i > 1 and words[i - 1] == "-" else i - 1
    before = words[k] if k >= 0 else ""
    stems = {rest for _, rest in splits(before)}
    if stems & numbers.sets["clock"]:
        return _found(reading, "time?", "time")
    if stems & numbers.sets["naming"] or (before.isascii() and before.isalpha()):
        return _found(reading, "name?", "name")
    if _years(reading.low, reading.high) and (reading.kind == "range" or (reading.plain and len(words[i]) == 4)):
        return _found(reading, "year?", "year")
    if before == "%":
        return _found(reading, "percent", "cardinal")
    return None


def _definite(
    sentence: Sentence,
    reading: Reading,
    unit: PersonNoun | UnitNoun | None,
    numbers: NumberKnowledge,
    people: PeopleKnowledge,
) -> _Found | None:
    words, i = sentence.words, reading.first
    if reading.low == 100 and (reading.prefix == "بال" or (i and words[i - 1] == "في")):
        return None
    noun = _unit_before(sentence, reading, numbers, people)
    if isinstance(noun, PersonNoun):
        return _found(reading, noun.id, "definite")
    if reading.kind != "definite":
        return _found(reading, "ordinal", "ordinal")
    noun = noun or unit
    return _found(reading, noun.id if noun else None, "definite")


def _no_count(sentence: Sentence, reading: Reading, numbers: NumberKnowledge) -> bool:
    """ "واحد من", "كل واحد", "في آن واحد", and the "المئة" of a percentage that lacks its figure."""
    words, i = sentence.words, reading.first
    if reading.low != 1 or reading.plain or words[i][0].isdigit():
        return False
    after = words[reading.last] if reading.last < len(words) else ""
    return after.startswith("من") or (i > 0 and words[i - 1] in numbers.sets["one_is_no_count_after"])


def _qualified(
    sentence: Sentence,
    reading: Reading,
    before: Bound | None,
    unit: PersonNoun | UnitNoun | None,
    noun_end: int,
    numbers: NumberKnowledge,
    people: PeopleKnowledge,
) -> _Found:
    """The number with the bounds that stand before and after it."""
    after = after_number(sentence, reading.last, numbers)
    if after and unit is None:
        unit, noun_end = _unit_after(sentence, after.last, numbers, people)
    bound = before.bound if before else after.bound if after else far_after(sentence, noun_end, numbers)
    low, high = bounded(reading, bound)
    first = before.first if before else reading.first
    prefix = before.prefix if before else _clitics(reading)
    last = after.last if after else reading.last
    rule = bound or ("cardinal" if reading.kind in ("definite", "round") else reading.kind)
    id = unit.id if unit else None
    return _Found(first, last, prefix, low, high, id, rule, noun_end if id in SHARES else last)


def _dual(sentence: Sentence, i: int, numbers: NumberKnowledge, people: PeopleKnowledge) -> _Found | None:
    """A dual noun, with "اثنين" behind it or as the start of a range ("يومين أو ثلاثة")."""
    words = sentence.words
    person = people.duals.find(words[i])
    noun: tuple[str, PersonNoun | UnitNoun] | None = person or numbers.unit_duals.find(words[i])
    if noun is None:
        return None
    prefix, entry = noun
    definite = prefix.endswith(("ال", "لل"))
    if person is None and definite:
        return None
    if (
        isinstance(entry, PersonNoun)
        and entry.adjective
        and i
        and len(words[i - 1]) > 3
        and words[i - 1][-2:] in ("ان", "ين")
    ):
        return None
    reading = Reading(i, i + 1, 2, 2, "definite" if definite else "cardinal", prefix)
    span = find_range(sentence, reading, i, numbers) if not definite else None
    if span:
        return _Found(i, span.last, prefix, 2, span.high, entry.id, "range", span.last)
    more = read_number(sentence, i + 1, numbers) if i + 1 < len(words) else None
    last = (
        more.last
        if more and more.low == 2 and not more.prefix and more.kind == "cardinal" and not more.plain
        else i + 1
    )
    clitics = prefix[:-2] if prefix.endswith("ال") else prefix
    return _Found(i, last, clitics, 2, 2, entry.id, "dual definite" if definite else "dual", last)
