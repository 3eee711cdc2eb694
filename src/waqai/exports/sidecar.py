"""The sidecar of an export, FILE.meta.json: what was asked, what was left out and why, versions, rights, empty columns."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from waqai.exports.facts import Form, Kept, Level
from waqai.exports.flat import flat_columns
from waqai.knowledge.exports import ExportKnowledge
from waqai.records import SCHEMA, Json

_BY_DEFAULT = "left out of event tables unless --include asks for it"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the incidents or reports that were asked for."""

    written: int
    left_out: Mapping[str, int]
    synthetic: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the form, the filters in words, what is included, what is taken out."""

    form: Form
    level: Level
    query: Mapping[str, str]
    include: frozenset[Kept]
    redact_persons: bool
    round_km: float | None


@dataclass(frozen=True, slots=True)
class Made:
    """By what it was made: the version of waqai, and the coders of the record."""

    waqai: str
    coders: tuple[str, ...]


def sidecar(
    asked: Asked, counts: Counts, filled: Counter[str], files: Mapping[str, str], made: Made, known: ExportKnowledge
) -> bytes:
    """The sidecar as indented JSON. `files` are the names of the files by what they hold."""
    held: Json = {
        "form": asked.form,
        "of": asked.level,
        "files": dict(files),
        "rows": counts.written,
        "query": dict(asked.query),
        "include": sorted(asked.include),
        "left_out": {why: {"count": count, "why": _why(why)} for why, count in sorted(counts.left_out.items())},
        "private_persons": "left out" if asked.redact_persons else "not left out",
        "coordinates_rounded_to_km": asked.round_km,
        "versions": {
            "waqai": made.waqai,
            "coders": list(made.coders),
            "knowledge": known.hash,
            "schema": SCHEMA,
        },
        "licence": known.licences.own,
        "attributions": list(known.licences.attributions),
        "scheme": known.licences.schemes.get(asked.form),
        "synthetic": {"rows": counts.synthetic, "note": known.licences.synthetic} if counts.synthetic else None,
        "columns": _columns(asked, filled, known),
        "empty_columns": _empty(asked.form, known),
    }
    return orjson.dumps(held, option=orjson.OPT_INDENT_2) + b"\n"


def _why(reason: str) -> str:
    if reason in ("planned", "denied", "background"):
        return _BY_DEFAULT
    return "the form cannot hold it"


def _columns(asked: Asked, filled: Counter[str], known: ExportKnowledge) -> Json:
    """Every column that is filled somewhere: what stands in it, and in how many rows something does."""
    if asked.form in known.columns:
        notes = [note for note in known.columns[asked.form] if note.holds]
        return {note.name: {"holds": note.holds, "filled": filled[note.name]} for note in notes}
    return {column.name: {"holds": column.type, "filled": filled[column.name]} for column in flat_columns(asked.level)}


def _empty(form: Form, known: ExportKnowledge) -> Json:
    parts = [form, *(name for name in known.columns if name.startswith(f"{form}_"))]
    return {note.name: note.empty for part in parts for note in known.columns.get(part, ()) if note.empty}
