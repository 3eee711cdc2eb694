"""Records as a person reads them on a terminal. Arabic stands in isolates: what is beside it keeps its place."""

from typing import TYPE_CHECKING

from waqai.records import Json

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_COLOURS = {"happened": "green", "attempted": "yellow", "planned": "cyan", "denied": "red"}


def isolate(text: object) -> str:
    """Text of either direction, kept from mixing with what stands beside it; control characters made visible.

    >>> isolate("حلب")
    '\\u2068حلب\\u2069'
    """
    shown = "".join(character if character.isprintable() else " " for character in str(text))
    return f"\u2068{shown}\u2069"


def _heading(console: "Console", title: str, aside: str) -> None:
    from rich.text import Text

    console.print(Text.assemble((isolate(title), "bold"), (f"  {aside}", "dim")))


def show_entry(console: "Console", label: "str | Text", value: "str | Text", indent: int = 4, column: int = 10) -> None:
    """A label and what belongs to it; further lines of a long value stand below its first."""
    from rich.text import Text

    head = Text.assemble(" " * indent, (f"{label:<{column}}", "dim") if isinstance(label, str) else label)
    head.pad_right(indent + column - len(head))
    room = max(20, console.width - indent - column)
    held = value if isinstance(value, Text) else Text(value)
    for number, line in enumerate(held.wrap(console, room)):
        before = Text(" " * (indent + column)) if number else head
        line.rstrip()
        console.print(Text.assemble(before, line), soft_wrap=True)


def show_reports(console: "Console", doc_id: str, reports: list[Json]) -> None:
    """The reports of one article, one block each."""
    _heading(console, doc_id, f"{len(reports)} event{'' if len(reports) == 1 else 's'}")
    for report in reports:
        show_report(console, report)
    console.print()


def show_report(console: "Console", report: Json) -> None:
    """One report as a block."""
    from rich.text import Text

    modality = report["modality"]
    head = Text.assemble(
        ("  " + report["id"][:8], "dim"),
        "  ",
        (report["sub_event_type"], "bold"),
        "  ",
        (modality, _COLOURS.get(modality, "")),
        ("  background" if report["background"] else "", "dim"),
    )
    console.print(head)
    show_entry(console, "when", when(report["date"]) if report["date"] else _undated(report))
    show_entry(console, "where", where(report["place"]))
    if report["actor1"] or report["actor2"]:
        who = " against ".join(filter(None, [actors(report["actor1"]) or "not said", actors(report["actor2"])]))
        show_entry(console, "who", who)
    if report["killed"] or report["injured"]:
        show_entry(console, "toll", toll(report))
    if report["target"]:
        show_entry(console, "target", f"{report['target']['kind']} ({isolate(report['target']['text'])})")
    if report["weapon"]:
        show_entry(console, "weapon", report["weapon"])
    for claim in report["claims"]:
        if claim["chain"] or claim["stance"] != "asserts":
            show_entry(console, claim["stance"], _chain(claim))
    show_entry(console, "words", Text(isolate(report["evidence"]["text"]), "italic"))


def _chain(claim: Json) -> str:
    said = " ← ".join(source["name_en"] or isolate(source["name_ar"]) for source in claim["chain"])
    blamed = actors(claim["blames"])
    return (said or "the outlet itself") + (f", blaming {blamed}" if blamed else "")


def _undated(report: Json) -> str:
    """News gets the day of publication when it tells no other; background and plans do not."""
    told = report["background"] or report["modality"] == "planned"
    return "not known" if told else "not known (no day of publication)"


def when(date: Json | None) -> str:
    """A date as a person reads it, with how it is known."""
    if not date:
        return "not known"
    days = date["start"] if date["start"] == date["end"] else f"{date['start']} to {date['end']}"
    time = f", {date['time']}" if date.get("time") else ""
    known = {
        "stated": "",
        "relative": " (told from the day of publication)",
        "published": " (about the day of publication)",
    }
    return f"{days}{time}{known.get(date['basis'], '')}"


def where(place: Json | None) -> str:
    """A place as a person reads it, with what its point means."""
    if not place:
        return "not known"
    name = f"{isolate(place['name_ar'])} {place['name_en'] or ''}".strip()
    around = ", ".join(filter(None, [place["governorate"], place["country"]]))
    relation = f"{place['relation']} " if place["relation"] else ""
    exact = "" if place["precision"] == 1 else f" [precision {place['precision']}]"
    return f"{relation}{name}{f', {around}' if around else ''} ({place['level']}){exact}"


def actors(named: list[Json]) -> str:
    """The names of actors."""
    return ", ".join(dict.fromkeys(actor["name_en"] or isolate(actor["name_ar"]) for actor in named))


def toll(report: Json) -> str:
    """Killed and injured."""
    parts = [f"{report[name][0]}{_upper(*report[name])} {name}" for name in ("killed", "injured") if report[name]]
    return ", ".join(parts)


def _upper(low: int, high: int | None) -> str:
    if high is None:
        return " or more"
    return "" if high == low else f" to {high}"


def show_mentions(console: "Console", doc_id: str, mentions: list[Json]) -> None:
    """The mentions of one article as a table."""
    from rich.table import Table

    _heading(console, doc_id, f"{len(mentions)} mention{'' if len(mentions) == 1 else 's'}")
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    for mention in mentions:
        at = f"{mention['start']}–{mention['end']}{' title' if mention.get('in') else ''}"
        table.add_row(f"  {mention['kind']}", isolate(mention["text"]), value(mention["kind"], mention["value"]), at)
    console.print(table)
    console.print()


def value(kind: str, held: Json) -> str:
    """What a mention names, in a few words."""
    if kind == "place":
        return where(held)
    if kind == "actor":
        return f"{held['name_en']} ({held['camp']})"
    if kind == "number":
        high = "" if held["high"] == held["low"] else "+" if held["high"] is None else f"–{held['high']}"
        return f"{held['low']}{high} {isolate(held['unit']) if held['unit'] else ''}".strip()
    if kind == "date":
        return when(held) if held["start"] else f"precision {held['precision']}"
    if kind == "person":
        return ", ".join(filter(None, [held["role"], held["actor"]]))
    return str(held.get("code") or f"{held['name_en'] or isolate(held['name_ar'])} ({held['kind']})")


def show_documents(console: "Console", doc_id: str, documents: list[Json]) -> None:
    """What the coder sees of one article, page furniture greyed out."""
    from rich.text import Text

    for document in documents:
        _heading(console, doc_id, document["text_sha256"][:12])
        for name in ("title", "published", "outlet", "url", "language"):
            if document[name]:
                basis = f"  (from the {document['published_from']})" if name == "published" else ""
                show_entry(console, name, f"{isolate(document[name])}{basis}")
        text = Text(document["text"])
        for block in document["furniture"]:
            text.stylize("bright_black", block["start"], block["end"])
        console.print(text)
        console.print()
