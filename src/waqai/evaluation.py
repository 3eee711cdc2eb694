"""Comparing coded reports with gold annotation, by the rules of the annotation guide.

A report finds a gold event of its document when the types agree and either the place is the same or the evidence is
shared; pairs are made one to one, the best first. What is compared is the plain JSON of both, since predictions may
come from any program.
"""

import datetime as dt
import difflib
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from waqai.knowledge.codebook import Codebook

Event = Mapping[str, Any]
Verdicts = dict[str, bool | None]
Pair = tuple[int, int, Verdicts]

_TERRITORY = (
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Non-violent transfer of territory",
)
_LOOSE = "Strategic developments"
RADIUS = {"site": 8, "neighbourhood": 4, "settlement": 5, "area": 35, "governorate": 60, "country": 400}
"""Kilometres from the gold's point within which a place of each level is right."""
_EARTH_DIAMETER = 12742


@dataclass(slots=True)
class Tally:
    """Counts while the documents go by."""

    documents: int = 0
    gold: int = 0
    predicted: float = 0.0
    matched: int = 0
    strict: int = 0
    quiet: int = 0
    quiet_spurious: int = 0
    fields: dict[str, list[int]] = field(default_factory=dict)
    types: dict[str, list[int]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def evaluate(gold: Sequence[Event], predictions: Mapping[str, Sequence[Event]], codebook: Codebook) -> Tally:
    """The counts over the gold documents; `predictions` holds the reports of each `doc_id`."""
    tally = Tally()
    for document in gold:
        _document(document, predictions.get(document["doc_id"], ()), tally, codebook)
    return tally


def figures(tally: Tally) -> dict[str, Any]:
    """The figures: precision, recall and F1 of finding events at all and of getting them right, rates of each field."""
    return {
        "documents": tally.documents,
        "gold": tally.gold,
        "predicted": tally.predicted,
        "detection": _rates(tally.matched, tally.predicted, tally.gold),
        "strict": _rates(tally.strict, tally.predicted, tally.gold),
        "quiet_documents": {"documents": tally.quiet, "spurious": tally.quiet_spurious},
        "fields_on_matched": {
            name: {"right": round(right / of, 3), "of": of} for name, (right, of) in sorted(tally.fields.items())
        },
        "recall_by_type": {name: f"{found}/{of}" for name, (found, of) in sorted(tally.types.items())},
    }


def _rates(right: int, predicted: float, gold: int) -> dict[str, float]:
    precision = right / predicted if predicted else 0.0
    recall = right / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def news_pairs(document: Event, reports: Sequence[Event], codebook: Codebook) -> tuple[list[Pair], set[int]]:
    """The pairs of a gold document's news and the reports of it, by their places in both, each with the verdict on every field;
    and the places of all reports that found an event, background included.
    """
    news, told = _parted(document["events"])
    front, back = _parted(reports)
    taken: set[int] = set()
    pairs = _match(news, front, taken, codebook)
    _match(told, front + back, taken, codebook)
    return pairs, taken


def _parted(events: Sequence[Event]) -> tuple[list[tuple[int, Event]], list[tuple[int, Event]]]:
    """Events or reports with their places: the news, and what is told as background."""
    every = list(enumerate(events))
    return [e for e in every if not e[1].get("background")], [e for e in every if e[1].get("background")]


def _document(document: Event, reports: Sequence[Event], tally: Tally, codebook: Codebook) -> None:
    news, _ = _parted(document["events"])
    front, back = _parted(reports)
    pairs, taken = news_pairs(document, reports, codebook)
    spurious = [report for number, report in front if number not in taken]
    hedged = sum(number not in taken for number, _ in back)
    tally.documents += 1
    tally.gold += len(news)
    tally.predicted += len(pairs) + len(spurious) + 0.5 * hedged
    if not news:
        tally.quiet += 1
        tally.quiet_spurious += len(spurious)
    _count(document, news, pairs, tally)
    _errors(document, news, pairs, spurious, tally)


def _count(document: Event, news: Sequence[tuple[int, Event]], pairs: Sequence[Pair], tally: Tally) -> None:
    found = {number for number, _, _ in pairs}
    for number, event in news:
        _add(tally.types, event["sub_event_type"], number in found)
    for number, _, verdicts in pairs:
        modality = document["events"][number]["modality"]
        tally.matched += 1
        tally.strict += _strictly(verdicts)
        for name, verdict in verdicts.items():
            if verdict is not None:
                _add(tally.fields, name, verdict)
        if modality != "happened":
            _add(tally.fields, "modality when not 'happened'", bool(verdicts["modality"]))


def _strictly(verdicts: Verdicts) -> bool:
    needed = all(verdicts[name] for name in ("subtype", "place", "actor1", "modality"))
    return needed and verdicts["date"] is not False


def _add(counts: dict[str, list[int]], name: str, right: bool) -> None:
    count = counts.setdefault(name, [0, 0])
    count[0] += right
    count[1] += 1


def _errors(
    document: Event,
    news: Sequence[tuple[int, Event]],
    pairs: Sequence[Pair],
    spurious: Sequence[Event],
    tally: Tally,
) -> None:
    label, found = document["doc_id"], {number for number, _, _ in pairs}
    for number, event in news:
        if number not in found:
            place = (event["place"] or {}).get("name")
            tally.errors.append(f"{label} MISSED   {event['sub_event_type']} @ {place}: {event['evidence']}")
    for report in spurious:
        place = _object(report.get("place")).get("name_ar")
        tally.errors.append(f"{label} SPURIOUS {report.get('sub_event_type')} @ {place}: {_evidence(report)}")
    for number, _, verdicts in pairs:
        wrong = [name for name, verdict in verdicts.items() if verdict is False]
        if wrong:
            tally.errors.append(f"{label} WRONG    {', '.join(wrong)}: {document['events'][number]['evidence']}")


def _match(
    events: Sequence[tuple[int, Event]], reports: Sequence[tuple[int, Event]], taken: set[int], codebook: Codebook
) -> list[Pair]:
    """Pairs of events and reports not taken yet, the best first; what is paired is added to `taken`."""
    candidates = []
    for number, event in events:
        for other, report in reports:
            if other not in taken and _types_agree(event, report, codebook):
                verdicts, good, rank = _judge(event, report)
                if good:
                    candidates.append((-rank, number, other, verdicts))
    pairs: list[Pair] = []
    used: set[int] = set()
    for _, number, other, verdicts in sorted(candidates, key=lambda candidate: candidate[:3]):
        if number not in used and other not in taken:
            used.add(number)
            taken.add(other)
            pairs.append((number, other, verdicts))
    return pairs


def _types_agree(event: Event, report: Event, codebook: Codebook) -> bool:
    wanted, given = event["sub_event_type"], report.get("sub_event_type")
    if wanted == given or (wanted in _TERRITORY and given in _TERRITORY):
        return True
    known = codebook.event_types
    if wanted not in known or not isinstance(given, str) or given not in known:
        return False
    return known[wanted].event_type == known[given].event_type != _LOOSE


def _judge(event: Event, report: Event) -> tuple[Verdicts, bool, float]:
    """The verdict on each field (None: not asked), whether the two may be a pair, and how well they fit."""
    one, two = event["actor1"], event["actor2"]
    first, second = _actors_right(one, report.get("actor1")), _actors_right(two, report.get("actor2"))
    if event["sub_event_type"] == "Armed clash" and not (first and second):
        turned = _actors_right(one, report.get("actor2")), _actors_right(two, report.get("actor1"))
        if sum(turned) > first + second:
            first, second = turned
    place = _place_right(event["place"], report.get("place"))
    date = _date_right(event["date"], report.get("date"))
    subtype = event["sub_event_type"] == report.get("sub_event_type")
    modality = event["modality"] == report.get("modality", "happened")
    verdicts: Verdicts = {
        "subtype": subtype,
        "place": place,
        "date": date,
        "actor1": first,
        "actor2": second,
        "killed": _toll_right(event["killed"], report.get("killed")),
        "injured": _toll_right(event["injured"], report.get("injured")),
        "modality": modality,
        "source": _sources_right(event["attributed_to"], report.get("attributed_to")),
    }
    words = _words_shared(event["evidence"], _evidence(report))
    rank = 2 * place + (date is not False) + first + 0.5 * second + 0.5 * subtype + words + 0.25 * modality
    return verdicts, bool(place and event["place"]) or words >= 0.5, rank


# --- one field each


def _object(value: Any) -> Mapping[str, Any]:
    if isinstance(value, dict):
        return value
    return {"name_en": value} if isinstance(value, str) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    if isinstance(value, list):
        return [_object(item) for item in value]
    return [_object(value)] if value else []


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _actors_right(gold: Sequence[str], given: Any) -> bool:
    """A party of the gold's is named, and not a whole list beside it; nobody is named where nobody is known."""
    camps = [_camp(actor) for actor in _objects(given)]
    if not set(gold) - {"unknown"}:
        return all(camp == "unknown" for camp, _ in camps)
    named = {name if camp == "unknown" else camp for camp, name in camps} - {""}
    if len(named) > len(gold) + 1:
        return False
    return any(_same_party(wanted, camp, name) for wanted in gold for camp, name in camps)


def _same_party(wanted: str, camp: str, name: str) -> bool:
    if wanted == camp or {wanted, camp} == {"regime", "proregime"}:
        return True
    words = [word for word in re.split(r"[-\s]+", wanted) if len(word) > 2]
    return bool(words) and all(word in name for word in words)


def _camp(actor: Mapping[str, Any]) -> tuple[str, str]:
    """The camp of an actor, and its name in lower case; where a program gives no camp it is told from the names."""
    name = str(actor.get("name_en") or actor.get("name_ar") or actor.get("text") or "").lower()
    if actor.get("camp"):
        return str(actor["camp"]), name
    for held in ("name_en", "id", "name_ar", "text"):
        value = str(actor.get(held) or "").lower()
        camp = next((camp for camp, known in _CAMP_NAMES if value and known.search(value)), None)
        if camp:
            return camp, name
    return "unknown", name


def _place_right(gold: Event | None, given: Any) -> bool:
    if not gold:
        return True
    place = _object(given)
    named = _same_name(gold["name"], place.get("name_ar") or place.get("text"))
    points = [_number(at) for at in (gold.get("lat"), gold.get("lon"), place.get("lat"), place.get("lon"))]
    if None in points:
        return named
    distance, radius = _kilometres(*points), RADIUS[gold["level"]]  # type: ignore[arg-type]
    return distance <= radius or (named and distance <= 4 * radius)


def _kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    lat1, lon1, lat2, lon2 = (math.radians(degrees) for degrees in (lat1, lon1, lat2, lon2))
    across = math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    share = math.sin((lat2 - lat1) / 2) ** 2 + across
    return _EARTH_DIAMETER * math.asin(math.sqrt(min(1.0, max(0.0, share))))


def _date_right(gold: Event | None, given: Any) -> bool | None:
    date = _object(given)
    if not gold:
        return False if date.get("start") and date.get("basis") != "published" else None
    start, end = _day(date.get("start")), _day(date.get("end") or date.get("start"))
    first, last = _day(gold["start"]), _day(gold["end"])
    if not (start and end and first and last):
        return False
    width = (last - first).days
    slack = dt.timedelta(days=min(1, width))
    return start - last <= slack and first - end <= slack and (end - start).days <= 2 * width + 1


def _day(value: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _toll_right(gold: Sequence[float | None] | None, given: Any) -> bool | None:
    toll = given if isinstance(given, list) and len(given) == 2 and given[0] is not None else None
    if not gold:
        return False if toll else None
    return toll is not None and all(_near(wanted, _number(held)) for wanted, held in zip(gold, toll, strict=True))


def _near(wanted: float | None, held: float | None) -> bool:
    if wanted is None or held is None:
        return wanted is held
    return abs(wanted - held) <= max(1, 0.1 * wanted)


def _sources_right(gold: Sequence[str], given: Any) -> bool:
    """Right when the text's own voice is left alone, or when one named source is one of the gold's."""
    names = [
        str(source.get("name_en") or source.get("name_ar") or source.get("text") or "") for source in _objects(given)
    ]
    if not gold or not names:
        return not gold and not names
    return any(_same_source(wanted, name) for wanted in gold for name in names)


def _same_source(wanted: str, name: str) -> bool:
    pairs = ((a, b) for a in _source_words(wanted) for b in _source_words(name))
    if any(difflib.SequenceMatcher(None, a, b).ratio() >= 0.75 for a, b in pairs):
        return True
    both = f"{wanted} {name}".lower().split()
    return "source" in name.lower() and "sources" in both and "source" not in both


def _source_words(name: str) -> list[str]:
    plain = re.sub(r"[^a-z\s]", " ", name.lower().replace("-", " "))
    plain = _SOURCE_NAMES.get(plain.strip(), plain)
    return [word for word in plain.split() if len(word) > 2 and word not in _SOURCE_FILLERS] or plain.split()


def _evidence(report: Event) -> str:
    evidence = report.get("evidence")
    return evidence.get("text", "") if isinstance(evidence, dict) else str(evidence or "")


def _words_shared(gold: str, given: str) -> float:
    """Share of the shorter evidence's words that both have; 0 under two words, and when the report quotes at length."""
    wanted, held = _folded(gold).split(), _folded(given).split()
    both = (Counter(wanted) & Counter(held)).total()
    return both / min(len(wanted), len(held)) if both >= 2 and len(held) <= 60 else 0.0


# --- names


_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ًٌٍَُِّْـ")
_HEADS = "مدينه بلده قريه محافظه حي منطقه محيط مطار ناحيه مخيم حاجز قاعده ريف"
_HEAD = re.compile(rf"(?:{_HEADS.replace(' ', '|')})\s+")


def _folded(text: Any) -> str:
    plain = re.sub(r"[^\w\s]", " ", str(text or "").translate(_FOLD))
    return " ".join(word.removeprefix("ال") for word in plain.split())


def _same_name(one: Any, other: Any) -> bool:
    one, other = (
        _HEAD.sub("", name, count=1) if _HEAD.match(name) else name for name in (_folded(one), _folded(other))
    )
    if not one or not other:
        return False
    return one == other or f" {one} " in f" {other} "


_SOURCE_FILLERS = {"the", "for", "and", "agency", "news", "media", "source", "sources", "from", "statement"}
_SOURCE_NAMES = {
    "afp": "agence france presse",
    "ap": "associated press",
    "dpa": "deutsche presse agentur",
    "lcc": "local coordination committees",
    "sana": "syrian arab news agency",
    "snhr": "syrian network for human rights",
    "sohr": "syrian observatory for human rights",
    "un": "united nations",
}

# For programs that give names and no camps: the first line that fits decides. Patterns stand between " ~ ".
_NAMES_OF_CAMPS = (
    ("isis", r"\bisi[sl]\b ~ islamic state ~ daesh ~ داعش ~ تنظيم الدولة"),
    ("hts", r"nusra ~ tahrir al-?sham ~ fate?h al-?sham ~ \bhts\b ~ qa[ei]da ~ نصرة ~ تحرير الشام"),
    ("sdf", r"\b(?:sdf|ypg|ypj|pyd)\b ~ syrian democratic forces ~ protection units ~ asayish ~ قسد ~ وحدات حماية"),
    ("iran", r"\biran ~ irgc ~ revolutionary guard ~ quds force ~ fatemiyoun ~ zainebiyoun ~ إيران ~ الحرس الثوري"),
    ("hezbollah", r"hi?[zs]b ?[ao]llah ~ hezbollah ~ حزب الله"),
    ("houthis", r"houthi ~ ansar allah ~ حوثي"),
    ("rsf", r"rapid support ~ \brsf\b ~ الدعم السريع"),
    ("pmf", r"popular mobili[sz]ation ~ \bpmf\b ~ الحشد الشعبي"),
    ("lna", r"libyan national army ~ \blna\b ~ haftar"),
    ("peshmerga", r"peshmerga ~ بيشمركة"),
    ("hamas", r"hamas ~ حماس"),
    ("saudi-coalition", r"(?:saudi|arab)[- ].*coalition ~ التحالف العربي"),
    ("russia", r"russia ~ wagner ~ روسي"),
    ("turkey", r"turkey ~ türkiye ~ turkish ~ ترك"),
    ("israel", r"israel ~ \bidf\b ~ إسرائيل"),
    ("coalition", r"coalition ~ تحالف"),
    ("usa", r"united states ~ \bu\.?s\.?a?\b ~ america ~ أمريك ~ أميرك"),
    (
        "proregime",
        r"national defen[cs]e ~ \bndf\b ~ pro-?(?:regime|government) ~ shabiha ~ local defen[cs]e ~ liwa al-?quds"
        r" ~ desert hawks ~ دفاع الوطني ~ شبيحة",
    ),
    (
        "opposition",
        r"opposition ~ rebel ~ free syrian ~ \b(?:fsa|sna)\b ~ syrian national army ~ jai?ysh ~ jaysh ~ jaish al-"
        r" ~ army of (?:conquest|islam) ~ ahrar ~ faylaq ~ operations (?:room|administration|command)"
        r" ~ military operations ~ deterrence ~ saraya ~ fath halab ~ islamic front ~ mujahid ~ factions"
        r" ~ معارض ~ الحر ~ ثوار ~ فصائل ~ جيش الإسلام ~ جيش الفتح",
    ),
    (
        "civilians",
        r"civilian ~ residents?\b ~ protesters ~ journalist ~ demonstrators ~ مدني ~ أهالي ~ medic ~ displaced"
        r" ~ refugee ~ prisoners ~ detainees ~ student",
    ),
    (
        "regime",
        r"syria ~ regime ~ assad ~ government ~ military security ~ air force intelligence ~ republican guard"
        r" ~ نظام ~ الجيش السوري ~ أسد",
    ),
)
_CAMP_NAMES = tuple((camp, re.compile(patterns.replace(" ~ ", "|"))) for camp, patterns in _NAMES_OF_CAMPS)
