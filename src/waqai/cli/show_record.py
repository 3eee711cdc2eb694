"""What a record holds, as a person reads it on a terminal. What is only alleged, planned or denied looks so."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from waqai.cli.output import Form
from waqai.cli.show import actors, isolate, show_entry, show_report, when, where
from waqai.records import Json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLOURS = {"happened": "green", "attempted": "yellow", "planned": "cyan", "denied": "red"}
_STANCES = {"asserts": "tells it", "denies": "denies", "doubts": "doubts"}
_VOICES = 8
_VERSIONS = 4
INCIDENT_COLUMNS = (
    "id", "event_type", "sub_event_type", "modality", "disputed", "background", "date_start", "date_end", "date_precision",
    "date_basis", "place_id", "place_ar", "place_en", "place_level", "place_precision", "lat", "lon", "country",
    "governorate", "pcode", "actor1", "actor1_camp", "actor1_id", "actor2", "actor2_camp", "actor2_id", "target", "weapon",
    "killed_low", "killed_best", "killed_high", "injured_low", "injured_best", "injured_high", "civilians_killed_low",
    "civilians_killed_best", "civilians_killed_high", "blamed", "grade", "grade_suggested", "grade_reason", "voices",
    "voice_names", "denials", "denied_by", "doubted_by", "reports", "outlets",
)  # fmt: skip


def show_told(console: "Console", _: str, reports: list[Json]) -> None:
    """Reports of any articles, one block each, with the article each stands in."""
    for report in reports:
        show_report(console, report)
        show_entry(console, "article", isolate(report["doc_id"]))
        console.print()


def show_incidents(console: "Console", _: str, incidents: list[Json]) -> None:
    """Incidents, one block each: what is said to have happened, and what each voice says."""
    for incident in incidents:
        _show_incident(console, incident)
        console.print()


def _show_incident(console: "Console", incident: Json) -> None:
    console.print(_head(incident))
    show_entry(console, "when", _with_others(when(incident["date"]), incident["dates"], when))
    show_entry(console, "where", _with_others(where(incident["place"]), incident["places"], where))
    who = " against ".join(filter(None, [actors(incident["actor1"]) or "not said", actors(incident["actor2"])]))
    if incident["actor1"] or incident["actor2"]:
        show_entry(console, "who", who)
    for label, name in (("killed", "killed"), ("injured", "injured"), ("civilians", "civilians_killed")):
        if incident[name]:
            show_entry(console, label, toll_range(incident[name]))
    for version in incident["blamed"]:
        show_entry(console, "blamed", f"{actors([version['value']])} (alleged, {_said_by(version, incident)})")
    for name, shown in (("target", (incident["target"] or {}).get("kind")), ("weapon", incident["weapon"])):
        if shown:
            show_entry(console, name, str(shown))
    if incident["grade"]:
        show_entry(console, "grade", _grade(incident["grade"]))
    _show_voices(console, incident)


def _head(incident: Json) -> "Text":
    from rich.text import Text

    modality = incident["modality"]
    return Text.assemble(
        ("  " + incident["id"][:8], "dim"),
        "  ",
        (incident["sub_event_type"], "bold"),
        "  ",
        (modality, _COLOURS.get(modality, "")),
        ("  disputed" if incident["disputed"] else "", "red"),
        ("  background" if incident["background"] else "", "dim"),
        (f"  {_sources(incident)}", "dim"),
    )


def _sources(incident: Json) -> str:
    voices, reports, free = len(incident["voices"]), len(incident["reports"]), incident["independent_voices"]
    apart = "" if free == voices else f" ({free} independent)"
    return f"{voices} voice{'' if voices == 1 else 's'}{apart}, {reports} report{'' if reports == 1 else 's'}"


def _with_others(shown: str, versions: Sequence[Json], say: object) -> str:
    """What is shown, and what others say instead."""
    assert callable(say)
    others = [text for text in dict.fromkeys(say(version["value"]) for version in versions) if text != shown]
    more = f"; and {len(others) - _VERSIONS} more" if len(others) > _VERSIONS else ""
    return f"{shown}; others say: {'; '.join(others[:_VERSIONS])}{more}" if others else shown


def toll_range(toll: Json) -> str:
    """A reconciled number: lowest, best supported, highest.

    >>> toll_range({"low": 3, "best": 5, "high": None})
    '3 or more, best supported 5'
    """
    low, best, high = toll["low"], toll["best"], toll["high"]
    shown = f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"
    if low == high:
        return shown
    return f"{shown}, {'no number leads' if best is None else f'best supported {best}'}"


def _grade(grading: Json) -> str:
    from_whom = "suggested" if grading["suggested"] else f"set by {isolate(grading['person'])}"
    return f"{grading['grade']} ({from_whom}): {grading['reason']}"


def _said_by(version: Json, incident: Json) -> str:
    names = {voice["key"]: name_of(voice["source"]) for voice in incident["voices"]}
    said = [names.get(key, isolate(key)) for key in version["voices"]]
    return f"by {', '.join(said[:_VERSIONS])}" if said else "by nobody named"


def name_of(source: Json) -> str:
    """A source's name, the English one where there is one; Arabic is kept from mixing with its surroundings."""
    name = str(source["name_en"] or source["name_ar"])
    return name if name.isascii() else isolate(name)


def _show_voices(console: "Console", incident: Json) -> None:
    """Each independent voice with the numbers, days and stances that rest on it."""
    for voice in incident["voices"][:_VOICES]:
        side = f" [{voice['side']}]" if voice["side"] else ""
        show_entry(console, "voice", f"{name_of(voice['source'])}{side}: {_words_of(voice, incident)}")
    left = len(incident["voices"]) - _VOICES
    if left > 0:
        show_entry(console, "", f"and {left} more voice{'' if left == 1 else 's'}")


def _words_of(voice: Json, incident: Json) -> str:
    stances = [word for stance, word in _STANCES.items() if stance in voice["stance"]]
    said = [] if stances == ["tells it"] else [" and ".join(stances)]
    for version in incident["tolls"]:
        if voice["key"] in version["voices"]:
            value = version["value"]
            who = "" if value["who"] == "unknown" else f" {value['who']}"
            said.append(f"{toll_number(value['low'], value['high'])} {value['outcome']}{who}")
    number = len(voice["reports"])
    return f"{', '.join(dict.fromkeys(said)) or 'tells it'} ({number} report{'' if number == 1 else 's'})"


def toll_number(low: int, high: int | None) -> str:
    """A number as one voice gives it.

    >>> toll_number(3, None), toll_number(3, 3), toll_number(3, 5)
    ('3 or more', '3', '3 to 5')
    """
    return f"{low} or more" if high is None else str(low) if low == high else f"{low} to {high}"


def incident_row(incident: Json) -> Json:
    """The flat form of an incident, by the names of INCIDENT_COLUMNS."""
    place, date, grading = incident["place"] or {}, incident["date"] or {}, incident["grade"] or {}
    row = {name: incident[name] for name in INCIDENT_COLUMNS[:6]}
    row |= {f"date_{name}": date.get(name) for name in ("start", "end", "precision", "basis")}
    row |= {"place_id": place.get("id"), "place_ar": place.get("name_ar"), "place_en": place.get("name_en")}
    row |= {f"place_{name}": place.get(name) for name in ("level", "precision")}
    row |= {name: place.get(name) for name in ("lat", "lon", "country", "governorate", "pcode")}
    for role in ("actor1", "actor2"):
        row |= {role: _joined(incident[role], "name_en"), f"{role}_camp": _joined(incident[role], "camp")}
        row[f"{role}_id"] = _joined(incident[role], "id")
    row |= {"target": (incident["target"] or {}).get("kind"), "weapon": incident["weapon"]}
    for name in ("killed", "injured", "civilians_killed"):
        toll = incident[name] or {}
        row |= {f"{name}_{part}": toll.get(part) for part in ("low", "best", "high")}
    row["blamed"] = _joined([version["value"] for version in incident["blamed"]], "name_en")
    if grading:
        row |= {"grade": grading["grade"], "grade_reason": grading["reason"]}
        row["grade_suggested"] = grading["suggested"]
    row |= {"voices": incident["independent_voices"], "denials": len(incident["denials"])}
    row["reports"] = len(incident["reports"])
    for name, stance in (("denied_by", "denies"), ("doubted_by", "doubts")):
        row[name] = _joined([v["source"] for v in incident["voices"] if stance in v["stance"]], "name_en")
    row["voice_names"] = _joined([voice["source"] for voice in incident["voices"]], "name_en")
    outlets = dict.fromkeys(report["outlet"] for report in incident["reports"] if report.get("outlet"))
    return row | {"outlets": "; ".join(outlets)}


def _joined(items: Sequence[Json], name: str) -> str:
    return "; ".join(dict.fromkeys(str(item.get(name) or item.get("name_ar") or "") for item in items))


def _show_counted(console: "Console", rows: list[Json], about: Sequence[str]) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for name in ("reports", "incidents"):
        table.add_column(name, justify="right")
    for name in ("name", "", *about, "days", "id"):
        table.add_column(name, overflow="fold")
    for row in rows:
        counts = row["counts"]
        days = f"{counts['first']} to {counts['last']}" if counts["first"] else ""
        table.add_row(
            f"{counts['reports']:,}",
            f"{counts['incidents']:,}",
            isolate(row["name_ar"]),
            row["name_en"],
            *(str(row[name]) if row[name] is not None else "" for name in about),
            days,
            row["id"],
        )
    console.print(table)


def _show_places(console: "Console", _: str, rows: list[Json]) -> None:
    _show_counted(console, rows, ("governorate", "country", "level"))


def _show_actors(console: "Console", _: str, rows: list[Json]) -> None:
    _show_counted(console, rows, ("camp", "kind"))


def _show_sources(console: "Console", _: str, rows: list[Json]) -> None:
    _show_counted(console, rows, ("kind", "denies"))


def _flat(row: Json) -> Json:
    return {**row, **row["counts"]}


_COUNTS = ("reports", "incidents", "first", "last")
PLACE_FORM = Form(
    ("id", "name_ar", "name_en", "level", "country", "governorate", "pcode", "lat", "lon", *_COUNTS),
    _flat,
    _show_places,
)
ACTOR_FORM = Form(("id", "name_ar", "name_en", "camp", "kind", *_COUNTS), _flat, _show_actors)
SOURCE_FORM = Form(("id", "name_ar", "name_en", "kind", "denies", *_COUNTS), _flat, _show_sources)
