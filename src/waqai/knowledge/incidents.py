"""Knowledge of incidents: how two reports are judged to tell one happening, and how far an incident is borne out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waqai.arabic.letters import fold
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import KnowledgeFiles, load_files, need

LINKS = "incidents/links.yaml"
GRADES = "incidents/grades.yaml"
ACTOR_WORDS = "actors/words.yaml"
NAMED_SOURCES = ("agencies", "outlets", "monitors_ngos", "officials")
DISTANCES = ("one_point", "same_name", "quarter", "site", "around", "area", "wide_area")
LEVELS: Mapping[str, tuple[str, ...]] = {
    "place": (
        *("same", "around", "inside", "near", "same_area", "area", "same_governorate", "governorate"),
        "part_taken",
    ),
    "date": (
        *("day", "range", "published", "published_overlap", "days", "week", "month", "year", "overnight"),
        "next_day",
    ),
    "time": ("same", "different"),
    "actor1": ("same_actor", "same_camp", "allies", "both_sides", "different", "different_takers"),
    "actor2": ("same", "different"),
    "killed": ("equal_many", "equal", "equal_one", "overlap", "near", "rising", "different", "far"),
    "injured": ("equal", "overlap", "far"),
    "target": ("same", "different"),
    "weapon": ("same", "alike", "different"),
    "words": ("many", "some", "few"),
    "modality": ("attempted", "denied"),
    "background": ("one",),
    "text": ("copy",),
}
"""The fields by which two reports are compared, and the levels each can fall on, in the order of their numbers."""
REASONS = ("confirmed", "fair", "weak", "contested", "discounted")


@dataclass(frozen=True, slots=True)
class Level:
    """What a level counts in bits (above 0 speaks for one happening), and the words that say so."""

    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class GradeKnowledge:
    """Which sources are voices of their own and which are credible, the types that harm people, the words of grades."""

    unnamed: frozenset[str]
    sometimes: frozenset[str]
    own: frozenset[str]
    credible: frozenset[str]
    harm: frozenset[str]
    fair_from: int
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class IncidentKnowledge:
    """Everything that merging reports into incidents knows; made by `load_incidents`.

    `together` holds the types that may tell one happening, by both orders of the pair, `partners` those of each type,
    itself first; `governments` the camps whose taking is a government's; `allies` the camps whose acts are told under each
    other's names (each with itself); `alike` the weapons told for one another; `exactness` the rank of a type among those
    told by as many voices; `sides` the camp that a named source speaks for, by its English name; `names` that name by every
    spelling, folded; `nameless` the English words for sources that have no name ("organisation").
    """

    threshold: float
    joins: float
    apart: float
    scale: float
    distances: Mapping[str, float]
    longest: int
    short: int
    fields: Mapping[str, Mapping[str, Level]]
    same: Mapping[str, float]
    together: Mapping[tuple[str, str], Level]
    partners: Mapping[str, tuple[str, ...]]
    unordered: frozenset[str]
    transfers: frozenset[str]
    takings: frozenset[str]
    governments: frozenset[str]
    allies: Mapping[str, frozenset[str]]
    alike: frozenset[tuple[str, str]]
    camps: tuple[str, ...]
    times: tuple[str, ...]
    exactness: Mapping[str, int]
    grades: GradeKnowledge
    sides: Mapping[str, str]
    names: Mapping[str, str]
    nameless: tuple[str, ...]
    codebook: Codebook


def load_incidents(files: KnowledgeFiles | None = None) -> IncidentKnowledge:
    """The knowledge of `incidents/*.yaml` (of the package when no files are given); KnowledgeError names what is wrong."""
    files = files or load_files()
    book = load_codebook(files)
    data, grades = files.get(LINKS), files.get(GRADES)
    need(files, LINKS, data, (*_NUMBERS, *_TABLES))
    _check_words(files, book, data)
    sides, names = _sources(files)
    together = _together(files, book, data["together"])
    return IncidentKnowledge(
        threshold=_number(files, data, "threshold"),
        joins=_number(files, data, "joins"),
        apart=_number(files, data, "apart"),
        scale=_number(files, data, "scale"),
        distances={name: float(data["distances"][name]) for name in DISTANCES},
        longest=int(data["days"]["longest"]),
        short=int(data["days"]["short"]),
        fields={field: _levels(files, field, data["fields"]) for field in LEVELS},
        same={name: float(weight) for name, weight in data["same"].items()},
        together=together,
        partners={one: (one, *(b for a, b in together if a == one)) for one in book.event_types},
        unordered=frozenset(data["unordered"]),
        transfers=frozenset(data["transfers"]),
        takings=frozenset(data["takings"]),
        governments=frozenset(files.get("events/territory.yaml")["governments"]),
        allies=book.allies,
        alike=frozenset((one, other) for group in data["weapons"] for one in group for other in group),
        camps=book.camps,
        times=tuple(data["times"]),
        exactness={name: rank for rank, name in enumerate(grades["exactness"])},
        grades=_grades(files, book, grades),
        sides=sides,
        names=names,
        nameless=tuple(sorted({row["en"] for row in files.get("sources/generic.yaml")["heads"]})),
        codebook=book,
    )


_NUMBERS = ("threshold", "joins", "apart", "scale")
_TABLES = (
    *("distances", "days", "fields", "same", "together", "unordered", "transfers", "takings"),
    *("weapons", "times"),
)


def _number(files: KnowledgeFiles, data: Mapping[str, Any], name: str) -> float:
    if not isinstance(data[name], int | float):
        raise files.error(LINKS, f"{name}:", f"{name!r} must be a number.")
    return float(data[name])


def _check_words(files: KnowledgeFiles, book: Codebook, data: Mapping[str, Any]) -> None:
    """The lists of types, camps and times are those of the codebook, and every type has its weight."""
    for name in ("same", "unordered", "transfers", "takings"):
        for word in data[name]:
            if word not in book.event_types:
                raise files.error(LINKS, word, f"{word!r} in {name!r} is no sub-event type of codebook.yaml.")
    for word in book.event_types:
        if word not in data["same"]:
            raise files.error(LINKS, "same:", f"the sub-event type {word!r} has no weight in 'same'.")
    for weapon in (weapon for group in data["weapons"] for weapon in group):
        if weapon not in book.weapons:
            raise files.error(LINKS, weapon, f"{weapon!r} in 'weapons' is not one of weapons in codebook.yaml.")
    for time in data["times"]:
        if time not in book.times:
            raise files.error(LINKS, "times:", f"{time!r} in 'times' is not one of times in codebook.yaml.")
    for name, wanted in (("distances", DISTANCES), ("days", ("longest", "short"))):
        need(files, LINKS, data[name], wanted)


def _levels(files: KnowledgeFiles, field: str, fields: Mapping[str, Any]) -> dict[str, Level]:
    if field not in fields or set(fields[field]) != set(LEVELS[field]):
        raise files.error(LINKS, f"{field}:", f"the field {field!r} needs the levels {', '.join(LEVELS[field])}.")
    found = {}
    for name in LEVELS[field]:
        entry = fields[field][name]
        need(files, LINKS, entry, ("weight", "reason"))
        found[name] = Level(float(entry["weight"]), str(entry["reason"]))
    return found


def _together(files: KnowledgeFiles, book: Codebook, rows: list[Mapping[str, Any]]) -> dict[tuple[str, str], Level]:
    found: dict[tuple[str, str], Level] = {}
    for row in rows:
        need(files, LINKS, row, ("types", "weight", "reason"))
        pair = row["types"]
        line = f"types: [{', '.join(pair)}]"
        if len(pair) != 2 or pair[0] == pair[1] or any(name not in book.event_types for name in pair):
            raise files.error(LINKS, line, "'types' must be two different sub-event types of codebook.yaml.")
        if (pair[0], pair[1]) in found:
            raise files.error(LINKS, line, f"the pair {pair[0]!r}, {pair[1]!r} stands here a second time.")
        found[pair[0], pair[1]] = found[pair[1], pair[0]] = Level(float(row["weight"]), str(row["reason"]))
    return found


def _grades(files: KnowledgeFiles, book: Codebook, data: Mapping[str, Any]) -> GradeKnowledge:
    need(files, GRADES, data, ("unnamed", "sometimes", "own", "credible", "harm", "fair_from", "exactness", "reasons"))
    for name in ("unnamed", "sometimes", "own", "credible"):
        for kind in data[name]:
            if kind not in book.source_kinds:
                raise files.error(GRADES, kind, f"{kind!r} in {name!r} is not one of source_kinds in codebook.yaml.")
    for name in ("harm", "exactness"):
        for word in data[name]:
            if word not in book.event_types:
                raise files.error(GRADES, word, f"{word!r} in {name!r} is no sub-event type of codebook.yaml.")
    if set(data["exactness"]) != set(book.event_types):
        raise files.error(GRADES, "exactness:", "'exactness' must rank every sub-event type of codebook.yaml.")
    need(files, GRADES, data["reasons"], REASONS)
    unnamed, sometimes, own, credible, harm = (
        frozenset(data[name]) for name in ("unnamed", "sometimes", "own", "credible", "harm")
    )
    return GradeKnowledge(
        unnamed, sometimes, own, credible, harm, fair_from=int(data["fair_from"]), reasons=dict(data["reasons"])
    )


def _sources(files: KnowledgeFiles) -> tuple[dict[str, str], dict[str, str]]:
    """The camps that sources and actors speak for by their English names, and these names by every spelling, folded."""
    sides: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in (row for name in NAMED_SOURCES for row in files.get(f"sources/{name}.yaml")):
        for spelling in (row["name_en"], row["name_ar"], *row.get("spellings", ())):
            names.setdefault(fold(str(spelling)), row["name_en"])
        if row.get("side"):
            sides[row["name_en"]] = row["side"]
    for path, data in files.folder("actors").items():
        for row in data["actors"] if path != ACTOR_WORDS else ():
            for spelling in (row["name_en"], row["name_ar"]):
                names.setdefault(fold(spelling), row["name_en"])
            camp = row.get("camp") or (data.get("defaults") or {}).get("camp")
            if camp not in (None, "unknown", "civilians"):
                sides.setdefault(row["name_en"], camp)
    return sides, names
