"""Counts of people in a sentence: a number, a dual, or one person named by a singular noun."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from waqai.coding.scene import PersonWord, Scene, preposition
from waqai.coding.tolls_signs import Sign
from waqai.knowledge.people import PersonNoun
from waqai.model.mention import Mention, Place, Quantity

NOT_PEOPLE = frozenset({"ordinal", "date?", "time?", "year?", "name?"})
PAIR = frozenset({"اثنين", "اثنان", "اثنتين", "اثنتان"})
KIN = ("ها", "هم", "هما")  # "واثنين من أولادها"
FELL = 12  # tokens from a number of a party's men to the verb that says they fell
SIDES = 14  # tokens after a word of killing in which a second side's dead may follow
MOST = 100_000  # more people than any one event kills or injures
NAME = 4  # tokens of a name
OWNED = ("ه", "ها", "هم", "هما")  # "وأطفاله الثلاثة"
BODIES = "bodies-found"  # id of the event word for bodies that are found
CASES = frozenset({"injury", "case-of-injury", "victim", "body"})


@dataclass(frozen=True, slots=True)
class Count:
    """So many people at tokens `first` to `last`; `outcome` is set where the noun itself tells it ("قتلى").

    `anded` says that "and" is written onto it, `single` that no number stands there, `crowd` that it is a word such as
    "dozens".
    """

    first: int
    last: int
    low: int
    high: int | None
    noun: PersonNoun | None
    outcome: str | None
    anded: bool
    single: bool = False
    crowd: bool = False


def counts(scene: Scene, signs: Sequence[Sign]) -> list[Count]:
    """Every count of people in a sentence, in order, whether killed, injured or neither."""
    numbered = [c for m in scene.numbers if (c := _numbered(scene, m, signs)) is not None]
    taken = {i for m in scene.numbers if m.value.unit != "ordinal" for i in range(m.first, m.last)}
    taken |= {i for c in numbered for i in range(c.first, c.last)}
    singles = [
        *_singles(scene, signs, taken),
        *_companions(scene, signs),
        *_pairs(scene, numbered),
        *_third(scene, signs),
        *_told_of(scene),
        *_body(scene),
    ]
    kept = [s for s in singles if not _does_it(s, numbered, signs)]
    return sorted([*numbered, *kept], key=lambda c: c.first)


def person_at(scene: Scene, token: int) -> PersonWord | None:
    """The noun of people at a token, or None."""
    return next((p for p in scene.people if p.first <= token < p.last), None)


def _numbered(scene: Scene, m: Mention[Quantity], signs: Sequence[Sign]) -> Count | None:
    if m.value.unit in NOT_PEOPLE or m.value.low < 1 or m.value.low > MOST:
        return None
    words = scene.words
    if (
        words[m.first : m.last] in (("واحد",), ("احد",))
        and words[m.last : m.last + 1]
        and words[m.last].startswith("ال")
    ):
        return None  # "one of the residents", spelled without hamza
    person = _counted_noun(scene, m)
    lives, cases = scene.at("tolls.lives", m.last), scene.at("tolls.cases", m.last)
    if person is None and not lives and not cases and not _bare(scene, m, signs):
        return None
    low, high = int(m.value.low), None if m.value.high is None else int(m.value.high)
    first = min(m.first, person.first) if person else m.first
    last = lives or cases or (max(m.last, person.last) if person else m.last)
    outcome = "killed" if lives else "injured" if cases else person.noun.outcome if person else None
    anded = m.prefix.startswith("و") or (first > 0 and words[first - 1] == "و") or words[first].startswith("و")
    crowd = high is not None and high > 2 * low
    return Count(first, last, low, high, person.noun if person else None, outcome, anded, False, crowd)


def _counted_noun(scene: Scene, m: Mention[Quantity]) -> PersonWord | None:
    """The noun counted by a number: its own word (a dual), the next within two tokens, or the one before ("مدنيين اثنين")."""
    for person in scene.people:
        if person.last == m.first and scene.words[m.first] in PAIR and person.noun.number != "singular":
            return person if not person.noun.group else None  # also where a word of time follows ("مدنيين اثنين اليوم")
        inside = person.first <= m.first < person.last
        after = m.last <= person.first <= m.last + 1 and not _and_between(scene, m, person)
        if person.last == m.first and _owned(scene, person, m):
            return person
        before = person.last == m.first and m.value.unit == person.noun.id and person.noun.number != "singular"
        if inside or after or before:
            if m.value.unit is not None and m.value.unit != person.noun.id:
                return None
            return person if not person.noun.group else None
    return None


def _and_between(scene: Scene, m: Mention[Quantity], person: PersonWord) -> bool:
    """Whether "and" parts a number from a word of people ("قتل اثنان وجرح آخران", "مقتل 17 وإصابة العشرات")."""
    if m.value.unit is not None or not scene.words[m.last].startswith("و"):
        return False
    return person.first > m.last or person.noun.outcome == "injured"


def _owned(scene: Scene, person: PersonWord, m: Mention[Quantity]) -> bool:
    """Whether the number of somebody's own people follows them ("وأطفالهما الثلاثة")."""
    word = scene.words[person.first]
    own = word.endswith(OWNED) and not word.startswith(("ال", "وال", "لل", "بال"))
    return own and person.noun.number == "plural" and scene.words[m.first].startswith("ال")


def _bare(scene: Scene, m: Mention[Quantity], signs: Sequence[Sign]) -> bool:
    """A number without a noun counts people as "others", right after a killing word, or at the end of a rising toll."""
    words = scene.words
    following = words[m.last] if m.last < len(scene.words) else ""
    if following in ("اخرين", "اخرون", "منهم") or m.value.unit == "other":
        return True
    of_body = following == "من" and _of_party(scene, m)  # "20 of the militia" are people, whatever the noun counts
    of_case = m.value.unit in CASES and any(s.last == m.first for s in signs)  # "وإصابة اثنين"
    dated = any(d.first == m.last for d in scene.dates)  # "وأصيب خمسة يوم الجمعة" are no five days
    if m.value.unit is not None and not (of_body or of_case or dated):
        return False
    if any(s.first == m.last and s.verb for s in signs) and not following.startswith("و"):
        return True
    ends = following == "" or following.startswith(("و", "ب", "ل")) or following in ("،", ".", ")", '"')
    ends = ends or scene.at("tolls.after_bare", m.last) is not None or dated
    if not ends:
        return False
    before = words[m.first - 1] if m.first else ""
    said = any(s.last == m.first and not s.death for s in signs)
    rises = before == "الي" and bool(scene.found("tolls.total", max(m.first - 9, 0), m.first))
    summed = scene.ends_at("tolls.total", m.first) or scene.ends_at("tolls.part", m.first)
    fell = following == "من" and _of_party(scene, m) and any(s.verb and 0 < s.first - m.last <= FELL for s in signs)
    if said or rises or summed or fell or _of_a_side(scene, m, signs):
        return True
    anded = m.prefix.startswith("و") or before == "و"
    return anded and falls(scene, m.last) and any(m.first - SIDES <= s.first < m.first for s in signs)


def falls(scene: Scene, token: int) -> bool:
    """Whether a place or a cause of their own follows those counted ("3 في حرستا", "واثنان في قصف على")."""
    return placed(scene, token) is not None or scene.at("tolls.causes", token) is not None


def placed(scene: Scene, token: int) -> Mention[Place] | None:
    """The place that "in" names right at a token ("3 في حرستا")."""
    at = scene.words[token : token + 1] in (("في",), ("ب",))
    for m in scene.places:
        if (at and m.first == token + 1) or (m.first == token and preposition(m.prefix) == "ب"):
            return m
    return None


def _of_a_side(scene: Scene, m: Mention[Quantity], signs: Sequence[Sign]) -> bool:
    """Whether a number goes on with the dead of another side ("قتل 5 من قوات النظام و3 من المعارضة")."""
    if not m.prefix.startswith("و") and (m.first == 0 or scene.words[m.first - 1] != "و"):
        return False
    if scene.words[m.last : m.last + 1] != ("من",) or not any(m.first - SIDES <= s.first < m.first for s in signs):
        return False
    kin = scene.words[m.last + 1 : m.last + 2]
    own = bool(kin) and person_at(scene, m.last + 1) is not None and kin[0].endswith("ه") and kin[0][:2] != "ال"
    return _of_party(scene, m) or own or (bool(kin) and kin[0].endswith(KIN) and len(kin[0]) > 4)


def _of_party(scene: Scene, m: Mention[Quantity]) -> bool:
    """Whether "of" leads from a number to a party ("تسعة من الجيش")."""
    near = (a for a in scene.actors if m.last < a.first <= m.last + 2)
    return any(a.value.camp not in ("civilians", "unknown") for a in near)


def _singles(scene: Scene, signs: Sequence[Sign], taken: set[int]) -> Iterator[Count]:
    """One person named by a singular noun ("مقتل مدني", "أصيب طفل", "أحد مرافقيه", "قتيل وجريحان")."""
    words = scene.words
    armed = (
        {i for m in scene.actors if m.value.camp != "civilians" for i in range(m.first, m.last)} if scene.people else ()
    )
    for person in scene.people:
        noun, first = person.noun, person.first
        if first in armed and words[first].startswith("ال"):
            continue  # "الجيش الليبي"
        one_of = first > 0 and words[first - 1] in scene.small["one_of"]
        if (noun.number != "singular" and not one_of) or noun.group or noun.id in CASES:
            continue
        if any(i in taken for i in range(first, person.last)) and not noun.outcome:
            continue
        if person.last in taken and not words[person.last].startswith("و") and not noun.outcome:
            continue
        if first in taken or first - 1 in taken:
            continue
        if noun.outcome and not _stands_alone(scene, person):
            continue
        if noun.id == "other" and (
            not any(s.last == first for s in signs) or words[first - 1] in scene.small["prepositions"]
        ):
            continue  # "أصيب آخر", but not "القضاء على آخر تجمعات"
        start = first - 1 if one_of else first
        yield Count(start, person.last, 1, 1, noun, noun.outcome, words[start].startswith("و"), True)


def _stands_alone(scene: Scene, person: PersonWord) -> bool:
    """Whether "قتيل", "جريح" count one: the first words of a headline, after "عن" and the like, or one after the other."""
    words, first = scene.words, person.first
    if words[first].startswith(("ال", "وال", "بال", "لل")) or "بين" in words[max(first - 3, 0) : first]:
        return False
    before = scene.ends_at("tolls.leaves", first) or (first == 0 and scene.sentence.paragraph < 0)
    following = person_at(scene, person.last)
    pair = following is not None and following.noun.outcome is not None and words[person.last].startswith("و")
    earlier = person_at(scene, first - 1) if first else None
    return before or pair or (earlier is not None and earlier.noun.outcome is not None and words[first].startswith("و"))


def _companions(scene: Scene, signs: Sequence[Sign]) -> Iterator[Count]:
    """Those named by their tie to another ("وإصابة رفيقه", "رجل وزوجته وطفلاهما", "القيادي فلان ومرافقه")."""
    found = {**scene.marks.get("tolls.companions", {}), **scene.marks.get("tolls.two_companions", {})}
    ends: dict[int, PersonNoun | None] = {}
    for first, last in sorted(found.items()):
        number = 2 if first in scene.marks.get("tolls.two_companions", {}) else 1
        anded = scene.words[first].startswith("و")
        with_one = anded and (first in ends or _one_before(scene, first, signs) is not None)
        if (with_one or any(s.last == first for s in signs)) and person_at(scene, first) is None:
            noun = ends.get(first) or (_one_before(scene, first, signs) if with_one else None)
            ends[last] = noun
            yield Count(first, last, number, number, noun, None, anded, number == 1)


def _one_before(scene: Scene, token: int, signs: Sequence[Sign]) -> PersonNoun | None:
    """The noun of one person right before a token, or before the name that stands between them."""
    for person in reversed(scene.people):
        gap = scene.words[person.last : token]
        if person.last > token or person.noun.number != "singular":
            continue
        named = not any(w in scene.small["prepositions"] or w in ("،", ".", ":") for w in gap)
        plain = not any(person.last <= s.first < token for s in signs)
        plain = plain and not any(person.last <= m.first < token for m in scene.numbers)
        return person.noun if len(gap) <= NAME and named and plain else None
    return None


def _pairs(scene: Scene, numbered: Sequence[Count]) -> Iterator[Count]:
    """Two, told by the verb alone ("ملازما وعنصرا قتلا")."""
    for outcome in ("killed", "injured"):
        for first, last in scene.marks.get(f"tolls.dual_{outcome}", {}).items():
            near = [p for p in scene.people if first - 10 <= p.first < first]
            if near and not any(first - 10 <= c.first < first for c in numbered):
                yield Count(first, last, 2, 2, near[-1].noun, outcome, False)


def _third(scene: Scene, signs: Sequence[Sign]) -> Iterator[Count]:
    """One more, told by his place in the row ("قتل عنصران وجرح ثالث")."""
    for m in scene.numbers:
        bare = m.value.unit == "ordinal" and not scene.words[m.first].startswith("ال")
        if bare and any(s.last == m.first and not s.death for s in signs):
            yield Count(m.first, m.last, 1, 1, None, None, False, True)


def _body(scene: Scene) -> Iterator[Count]:
    """One dead, where a body is found ("عثر الأهالي على جثة رجل")."""
    found = [e for e in scene.events if e.readings[0][0].id == BODIES]
    for person in scene.people:
        if person.noun.id == "body" and person.noun.number == "singular" and found:
            counted = any(m.first in (person.first - 1, person.last) or m.last == person.first for m in scene.numbers)
            if not counted:
                yield Count(person.first, person.last, 1, 1, person.noun, "killed", False, True)


HIS_DEATH = (
    ("killed_him", "killed", 1),
    ("injured_him", "injured", 1),
    ("killed_both", "killed", 2),
    ("injured_both", "injured", 2),
)
AT_ONCE = (("struck_dead", "killed", 1), ("struck_dead_both", "killed", 2), ("struck_hurt", "injured", 1))


def _told_of(scene: Scene) -> Iterator[Count]:
    """Whom the text told of before, where words of outcome say what became of him ("ما أدى إلى مقتله", "أردته قتيلا")."""
    for name, outcome, number in HIS_DEATH:
        for first, last in scene.marks.get(f"tolls.{name}", {}).items():
            if any("result" in s.roles and 0 <= first - s.last <= 3 for s in scene.supports):
                yield Count(first, last, number, number, None, outcome, False, number == 1)
    for name, outcome, number in AT_ONCE:
        for first, last in scene.marks.get(f"tolls.{name}", {}).items():
            yield Count(first, last, number, number, None, outcome, False, number == 1)


def _does_it(single: Count, numbered: Sequence[Count], signs: Sequence[Sign]) -> bool:
    """Whether the one person is who killed ("قتل مسلح 3 مدنيين"), not whom the verb counts."""
    if single.outcome:
        return False
    told = {s.first for s in signs}
    near = [c for c in numbered if 0 <= c.first - single.last <= 2 and not c.anded and c.noun is not None]
    return any(not told & set(range(single.last, c.first)) for c in near)
