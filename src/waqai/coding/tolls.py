"""Tolls: how many were killed or injured, who they were, and what only counts a part of them."""

from collections.abc import Sequence

from waqai.coding.draft import Toll
from waqai.coding.merging import same_place
from waqai.coding.scene import Scene
from waqai.coding.tolls_counts import AT_ONCE, HIS_DEATH, Count, counts, falls, person_at, placed
from waqai.coding.tolls_signs import Sign, signs_of
from waqai.model.quick import replace

REACH = 9  # tokens between a word of killing and those it counts
AFTER = 9  # tokens between those counted, or their party, and the verb that says they fell
FAR = 20  # tokens of names that may stand between two counts that are added
BEFORE = 5  # tokens between "it happened before that" and a count
LONG = 7  # days from which a date is a period, and its toll one of many events
SAYING = ("killed_verbs", "killed_nouns", "injured_verbs", "injured_nouns")
ALONE = ("tolls.total", *(f"tolls.{name}" for name, *_ in (*HIS_DEATH, *AT_ONCE)))  # lists that tell it without a verb
# Frames of events that may have had the whole toll.
OF_FORCE = ("attack", "hit", "blast", "clash", "take", "protest", "protesters")
Found = tuple[str, int, bool] | None


def find_tolls(scene: Scene) -> tuple[Toll, ...]:
    """The tolls of a sentence, in order; parts ("بينهم 3 أطفال") are left out, and what is counted together is added.

    Takes a scene with its numbers and nouns of people, and the event lexicon; gives one toll for each number of killed
    or injured that counts a single event.
    """
    signs = signs_of(scene)
    if not signs and not any(p.noun.outcome for p in scene.people) and not any(map(scene.marks.get, ALONE)):
        return ()
    out: list[Toll] = []
    previous: tuple[Count, str] | None = None
    told, part_until = -2, -1
    for count in counts(scene, signs):
        found = _outcome(scene, count, signs, previous)
        if _is_part(scene, count, found, part_until) and not (previous is None and _all_of_them(scene, count)):
            part_until = count.last
            if previous is not None and _own_deed(scene, count, signs, told):
                if out and out[-1].first == previous[0].first and not _any_force(scene, count.first):
                    out.pop()  # "سقط 84 قتيلا، بينهم 13 قتلوا في غارة على دوما": the rest fell elsewhere
                out.append(replace(_toll(scene, count, previous[1]), part=True))
            elif (previous is not None and _own_cause(scene, previous[0], count)) or (
                previous is not None and _own_place(scene, previous[0], count)
            ):
                out.append(replace(_toll(scene, count, previous[1]), part=True))
            continue
        if found is None or _mixed(scene, count, signs, told) or _unreal(scene, count, found[1]):
            continue
        part_until = -1
        outcome, said, joined = found
        told = max(told, said)
        previous = (count, outcome)
        if _spread(scene, count) or _of_period(scene, count) or _of_province(scene, count, told):
            continue
        toll = _toll(scene, count, outcome)
        if joined and out and out[-1].outcome == outcome and not toll.rises and not other_people(out[-1], toll):
            out[-1] = _sum(scene, out[-1], toll)
        else:
            out.append(toll)
    return tuple(out)


def _outcome(scene: Scene, count: Count, signs: Sequence[Sign], previous: tuple[Count, str] | None) -> Found:
    """(killed | injured | both, token of the word that says so, whether it is added to the count before), or None."""
    if previous is not None and count.outcome is None and _goes_on_elsewhere(scene, previous[0], count, signs):
        return previous[1], previous[0].first, False
    joined = previous is not None and _joined(scene, previous[0], count, signs)
    if count.outcome is not None:
        return _both(scene, count), count.first, joined and previous is not None and previous[1] == count.outcome
    became = _became(scene, count)
    if became is not None:
        return became, count.first, False
    before = _sign_before(scene, count, signs, previous[0] if previous else None)
    if before is not None and (
        not count.single or _right_before(scene, before, count) or _object(scene, count, before)
    ):
        return before.outcome, before.first, False
    if joined and previous is not None:
        return previous[1], previous[0].first, True
    after = _sign_after(scene, count, signs)
    if after is not None:
        return after.outcome, after.first, False
    total = scene.found("tolls.total", max(count.first - REACH, 0), count.first)
    if total is not None and not count.single and (previous is None or previous[0].last <= total[0]):
        hurt = any(p.noun.outcome == "injured" for p in scene.people if total[0] <= p.first < count.first)
        return "injured" if hurt else "killed", total[0], False
    return None


def _right_before(scene: Scene, sign: Sign, count: Count) -> bool:
    """Whether nothing but when or of what stands between a word of killing and one person ("قتل على إثره عنصر")."""
    at = scene.at("tolls.inserted", sign.last)
    return count.first in (sign.last, at)


def _both(scene: Scene, count: Count) -> str:
    """ "عشرات القتلى والجرحى" counts both; elsewhere a noun of outcome counts its own."""
    assert count.outcome is not None
    other = person_at(scene, count.last)
    if not count.crowd or other is None or not scene.words[count.last].startswith("و"):
        return count.outcome
    return (
        "both" if other.noun.number == "plural" and other.noun.outcome not in (None, count.outcome) else count.outcome
    )


def _object(scene: Scene, count: Count, sign: Sign) -> bool:
    """Whether one person is the object of a verb whose subject stands between ("قتل مسلحون مجهولون ضابطا")."""
    gap = range(sign.last, count.first)
    if (
        not sign.verb
        or len(gap) > 3
        or not (
            (gap and (scene.words[count.first].startswith("ال") or _civilian(count)))
            or scene.words[count.first].endswith("ا")
        )
    ):
        return False
    known = {i for p in scene.people for i in range(p.first, p.last)}
    known |= {i for m in scene.actors for i in range(m.first, m.last)}
    return all(i in known for i in gap)


def _civilian(count: Count) -> bool:
    """Whether one person is told by a noun that only civilians have ("اغتال مسلحون مختار القرية")."""
    return count.noun is not None and count.noun.who == "civilians" and not count.noun.adjective


def _became(scene: Scene, count: Count) -> str | None:
    """The outcome told after those it befell ("أوقع العشرات من أفرادها قتلى"), or None."""
    if count.single:
        return None
    words = scene.words
    for i in range(count.last, min(count.last + 3, len(words))):
        if words[i] in ("قتلي", "جرحي", "مصابين"):
            return "killed" if words[i] == "قتلي" else "injured"
        if words[i] == "،" or words[i].startswith("و"):
            return None
    return None


def _sign_before(scene: Scene, count: Count, signs: Sequence[Sign], previous: Count | None) -> Sign | None:
    """The last word of killing or wounding before a count, with no other count, contrast or other act between."""
    for sign in reversed(signs):
        if sign.last > count.first or sign.death:
            continue
        if sign.first < count.first - REACH or (previous is not None and sign.first < previous.last):
            return None
        gap = scene.words[sign.last : count.first]
        if any(w in scene.small["contrast"] for w in gap) and not _inserted(gap):
            return None
        return None if scene.found("tolls.other_acts", sign.last, count.first) else sign
    return None


def _inserted(gap: Sequence[str]) -> bool:
    """Whether two commas only close in a remark ("قتل ، اليوم الاثنين ، 5 مدنيين")."""
    return gap.count("،") == 2 and not any(w in ("فيما", "بينما", "حين") for w in gap)


def _sign_after(scene: Scene, count: Count, signs: Sequence[Sign]) -> Sign | None:
    """The word of killing after a count ("5 أشخاص قتلوا"), past a remark on some of them ("، بينهم طفل ،")."""
    start, firsts = count.last, {s.first: s for s in signs if s.first >= count.last}
    if not firsts:
        return None
    least = scene.found("tolls.at_least", start, start + 3)
    part = scene.found("tolls.part", start, (least[1] if least else start) + 3)
    commas = 0
    party = _party_after(scene, start)
    reach = 11 if part else AFTER if count.noun or party > start else 2
    for i in range(start, min(reach + party, len(scene.words))):
        word, sign = scene.words[i], firsts.get(i)
        led = word.startswith(("و", "ف")) and sign is not None and sign.last - sign.first == 1
        if sign is not None and not led and (sign.verb or sign.death):
            return None if count.single and not _passive(scene, count, sign, signs) else sign
        commas += word == "،" and not (i == party and i + 1 in firsts)
        if word in ("فيما", "بينما", "حين", "و", ".") or commas > (2 if part else 0):
            return None
    return None


def _party_after(scene: Scene, start: int) -> int:
    """The token after the parties that a count names as its own ("9 من الجيش العراقي والحشد الشعبي قتلوا")."""
    end = start
    for m in scene.actors:
        if m.first >= end and m.first <= end + 2 and m.value.camp != "unknown":
            end = m.last
    return end


def _passive(scene: Scene, count: Count, sign: Sign, signs: Sequence[Sign]) -> bool:
    """Whether one person before a verb was killed himself: nobody follows whom he could have killed."""
    if sign.death:
        return True
    others = {s.first for s in signs if s.first >= sign.last}
    head = scene.words[count.first - 1] if count.first else ""
    if head not in ("ان", "بان", "وان"):
        return False
    if scene.words[count.first].startswith("ال"):  # "the young man NAME was killed by ..."
        return sign.verb and scene.found("tolls.passive", sign.last, sign.last + 2) is not None
    cut = (i for i in range(sign.last, len(scene.words)) if scene.words[i].startswith("ب") or i in others)
    end = next(cut, len(scene.words))
    after = range(sign.last, min(sign.last + 3, end))
    return not any(p.first in after for p in scene.people) and not any(m.first in after[:2] for m in scene.numbers)


def _joined(scene: Scene, previous: Count, count: Count, signs: Sequence[Sign]) -> bool:
    """Whether a count is added to the one before ("15 طفلا وامرأتان"), with no other word of outcome between."""
    gap = list(scene.words[previous.last : count.first])
    if 5 < len(gap) <= 5 + FAR:
        named = {i for m in (*scene.actors, *scene.places) for i in range(m.first, m.last)}
        gap = [w for i, w in enumerate(gap, previous.last) if i not in named]
    if len(gap) > 5 or any(previous.last <= s.first < count.first for s in signs) or "،" in gap:
        return False
    if scene.found("tolls.other_acts", previous.last, count.first) or (count.single and not count.noun and gap):
        return False
    if gap[-1:] == ["مع"] and not any(previous.last <= e.first < count.first for e in scene.events):
        return True
    return bool(count.anded and len(gap) <= 4) or bool(scene.found("tolls.added", previous.last, count.first))


def _goes_on_elsewhere(scene: Scene, previous: Count, count: Count, signs: Sequence[Sign]) -> bool:
    """Whether a count goes on with those of another place ("قتل 11 في الباب ... ، وتسعة في اعزاز")."""
    if not count.anded or any(previous.last <= s.first < count.first for s in signs):
        return False
    here, there = placed(scene, previous.last), placed(scene, count.last)
    if not falls(scene, previous.last) or not falls(scene, count.last):
        return False
    if here is not None and there is not None and same_place(here.value, there.value):
        return False
    return scene.found("tolls.other_acts", previous.last, count.first) is None


def _is_part(scene: Scene, count: Count, found: Found, part_until: int) -> bool:
    """Whether a count only says how many of those counted before were of one kind."""
    if count.anded and scene.words[count.first - 1] == "،" and placed(scene, count.last) is not None:
        return False  # "8 in one town, two of them children, and 4 in another"
    mark = scene.found("tolls.part", max(count.first - 3, 0), count.first)
    if mark is not None and not scene.ends_at("tolls.killed_verbs", mark[0]) and not _said_since(scene, mark[1], count):
        return True
    following = scene.words[count.last] if count.last < len(scene.words) else ""
    if following in ("منهم", "منهن") and not any(scene.ends_at(f"tolls.{name}", count.first) for name in SAYING):
        return True
    if part_until < 0 or (found is not None and not found[2] and found[1] >= part_until and not count.single):
        return False
    said = found is not None and found[1] >= part_until and count.outcome is None
    return not said and count.first - part_until <= 4 and (count.anded or count.first - part_until <= 2)


def _all_of_them(scene: Scene, count: Count) -> bool:
    """Whether a number tells who all were that were killed ("مقتل من بداخلها وهم ثلاثة عناصر")."""
    return scene.words[count.first - 1 : count.first] in (("وهم",), ("هم",), ("وهما",), ("وهن",))


def _said_since(scene: Scene, token: int, count: Count) -> bool:
    """Whether a word of killing or wounding leads to a count after a part ("مصرع ثمانية منهم وجرح أربعة عشر")."""
    return any(scene.found(f"tolls.{name}", token, count.first) is not None for name in SAYING)


def _any_force(scene: Scene, end: int) -> bool:
    """Whether an event stands before a token that may have had a whole toll."""
    return any(e.first < end and e.readings[0][0].frame in OF_FORCE for e in scene.events)


def _own_deed(scene: Scene, count: Count, signs: Sequence[Sign], told: int) -> bool:
    """Whether a part has a verb of its own, and a deed behind it ("84 قتيلا، بينهم 13 قتلوا في غارة على دوما")."""
    verb = next((s for s in signs if s.verb and count.last <= s.first <= count.last + 2), None)
    if verb is None or told >= count.first:
        return False
    return any(0 <= e.first - verb.last <= 3 and e.readings[0][0].frame in OF_FORCE for e in scene.events)


def _own_cause(scene: Scene, whole: Count, count: Count) -> bool:
    """Whether those of a part fell to another event, told right after them ("بينهم 16 جراء غارة استهدفت المشفى")."""
    if not _any_force(scene, whole.first):
        return False
    cause = scene.found("tolls.causes", count.last, count.last + 3)
    return cause is not None and any(cause[0] <= e.first <= cause[1] + 2 for e in scene.events)


def _own_place(scene: Scene, whole: Count, count: Count) -> bool:
    """Whether those of a part fell in a town of their own ("15 في مناطق أخرى ، بينهم 10 في", "18 ، منهم 9 في")."""
    at = placed(scene, count.last)
    if at is None or at.value.level in ("area", "governorate", "country"):
        return False
    apart = any(m.last <= whole.first for m in scene.places)
    return apart or scene.found("tolls.everywhere", whole.last, count.first) is not None


def _mixed(scene: Scene, count: Count, signs: Sequence[Sign], told: int) -> bool:
    """Whether killed and wounded are counted as one ("10 بين قتيل وجريح", "مقتل وإصابة 20", "20 قتيلا وجريحا")."""
    words = scene.words
    for i in range(max(count.first - 1, 0), min(count.last + 5, len(words) - 1)):
        person = person_at(scene, i + 1) if words[i] == "بين" else None
        if person is not None and person.noun.outcome is not None:
            return True
    if not count.crowd and words[count.last : count.last + 1] in (("وجريحا",), ("ومصابا",)):
        return True
    last = next((s for s in reversed(signs) if count.first - 3 <= s.first and s.last <= count.first), None)
    if last is None or not words[last.first].startswith("و"):
        return False
    return any(s.last == last.first and s.first > told + 1 and not s.death and s.outcome != last.outcome for s in signs)


def _unreal(scene: Scene, count: Count, sign: int) -> bool:
    """Whether the killing is only supposed, tried or denied."""
    at = min(sign, count.first)
    mark = scene.found("tolls.unreal", max(at - 2, 0), at)
    return mark is not None and scene.words[mark[1]] != "طيار"  # an aircraft without a pilot is real


def _spread(scene: Scene, count: Count) -> bool:
    """Whether those counted fell in many places ("معظمهم في حلب"): no toll of one event."""
    if scene.found("tolls.scattered", count.last, count.last + 9):
        return True
    mark = scene.found("tolls.spread", count.last, count.last + 14)
    if mark is None or scene.words[mark[1] : mark[1] + 1] != ("في",):
        return False
    return scene.at("tolls.condition", mark[1] + 1) is None


def _of_period(scene: Scene, count: Count) -> bool:
    """Whether a toll counts what happened since a date or over weeks, and no single event."""
    clause = scene.clause_at(count.first)
    for first, last in scene.marks.get("tolls.long", {}).items():
        aside = any(c.kind == "relative" and count.last <= c.start <= first for c in scene.clauses)
        apart = "،" in scene.words[count.last : first] or first > count.last + 12 or aside
        near = first < count.first or not apart or (clause.start <= first < clause.end and not aside)
        best_of = scene.found("tolls.superlative", max(first - 8, 0), first) is not None
        if near and not best_of and not _recent(scene, count, last):
            return True
    for m in scene.dates:
        start, end = m.value.start, m.value.end
        if clause.start <= m.first < clause.end and start and end and (end - start).days >= LONG:
            return True
    return False


def _recent(scene: Scene, count: Count, token: int) -> bool:
    """Whether "since" leads to today, or to a weekday that no sum of all so far goes back to."""
    if scene.found("tolls.recent", token, token + 2):
        return True
    summed = scene.found("tolls.total", max(count.first - REACH, 0), count.first)
    return not summed and scene.found("tolls.recent_day", token, token + 2) is not None


def _of_province(scene: Scene, count: Count, sign: int) -> bool:
    """Whether it is a day's toll of a province ("وفي محافظة حمص استشهد 9 رجال"), with no cause of its own."""
    before = [m for m in scene.places if m.value.level == "governorate" and m.last == sign]
    if not before or not any(w.endswith("محافظه") for w in scene.words[max(before[0].first - 1, 0) : sign]):
        return False
    first = before[0].first
    if any(e.first < first and "،" not in scene.words[e.first : first] for e in scene.events):
        return False
    return scene.found("tolls.causes", count.last, count.last + 8) is None


def _toll(scene: Scene, count: Count, outcome: str) -> Toll:
    near = max(count.first - REACH, 0)
    more = scene.found("tolls.exceed", max(count.first - 4, 0), count.first) is not None and not count.crowd
    high = None if more or _at_least(scene, count) else count.high
    after_to = count.first > 0 and scene.words[count.first - 1] in ("الي", "عند")
    rises = after_to and scene.found("tolls.total", near, count.first) is not None
    rises = rises or scene.found("tolls.newest", near, count.first) is not None
    return Toll(
        outcome, count.noun.who if count.noun else "unknown", side_of(scene, count.first, count.last), count.low + more, high,
        scene.sentence.number, count.first, count.last, scene.sentence.span(count.first, count.last), rises, count.single,
        earlier=scene.found("tolls.earlier", near, count.first) is not None, history=_before_now(scene, count),
    )  # fmt: skip


def _before_now(scene: Scene, count: Count) -> bool:
    """Whether the words just before the count tell it as history ("سبق أن قتل تسعة")."""
    return scene.found("tolls.before_now", max(count.first - BEFORE, 0), count.first) is not None


def _at_least(scene: Scene, count: Count) -> bool:
    """Whether "at least" follows, before any other part of the sentence."""
    mark = scene.found("tolls.at_least", count.last, count.last + 7)
    if mark is None or count.single:
        return False
    gap = scene.words[count.last : mark[0]]
    if any(count.last <= m.first < mark[0] for m in scene.numbers) or any(w.startswith("و") for w in gap):
        return False
    return "،" not in gap or gap == ("،",)


def other_people(one: Toll, two: Toll) -> bool:
    """Whether two tolls count different people: of two sides, or fighters and civilians."""
    if one.side and two.side:
        return one.side != two.side
    return {one.who, two.who} == {"combatants", "civilians"}


def side_of(scene: Scene, first: int, last: int) -> str | None:
    """The camp of those who are counted, when the words after the count name it."""
    for m in scene.actors:
        beside = m.first <= last + 2 and m.last > first and m.value.camp not in ("civilians", "unknown")
        if beside and all(w in scene.small["of_whose"] for w in scene.words[last : m.first]):
            return m.value.camp
    return None


def _sum(scene: Scene, one: Toll, two: Toll) -> Toll:
    high = None if one.high is None or two.high is None else one.high + two.high
    who = one.who if one.who == two.who else "unknown"
    span = scene.sentence.span(one.first, two.last)
    return replace(
        one, who=who, low=one.low + two.low, high=high, last=two.last, span=span, rises=False, singular=False
    )
