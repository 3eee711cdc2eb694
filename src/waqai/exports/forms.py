"""The exports by name: what each form holds, which files it makes, and what writes it."""

import os
from collections.abc import Sequence
from typing import BinaryIO

from waqai.exports.facts import ExportError, Form, Level
from waqai.exports.sheets import CsvSheet, GdeltSheet, GeoJsonSheet, LineSheet, ParquetSheet, RowSheet, Sheet
from waqai.knowledge.codebook import Codebook
from waqai.knowledge.exports import ExportKnowledge

_ONLY: dict[Form, Level] = {"acled": "incidents", "ucdp": "incidents", "gdelt": "incidents", "plover": "reports"}


def level_of(form: Form, asked: Level | None) -> Level:
    """Whether a form is made of incidents or reports; ExportError when it cannot be made of what is asked.

    >>> level_of("acled", None), level_of("plover", None), level_of("csv", "reports")
    ('incidents', 'reports', 'reports')
    """
    only = _ONLY.get(form)
    if only and asked and asked != only:
        raise ExportError(f"the form {form!r} is made of {only}, not of {asked}; geojson, parquet and csv take both")
    return only or asked or "incidents"


def files_of(form: Form, path: str) -> dict[str, str]:
    """The files a form writes, by what they hold; the sidecar comes last.

    >>> files_of("gdelt", "out.tsv")
    {'events': 'out.tsv', 'mentions': 'out.mentions.tsv', 'sidecar': 'out.tsv.meta.json'}
    """
    base, ending = os.path.splitext(path)
    more = {"events": path, "mentions": f"{base}.mentions{ending}"} if form == "gdelt" else {"rows": path}
    return more | {"sidecar": f"{path}.meta.json"}


def open_sheet(
    form: Form, level: Level, streams: Sequence[BinaryIO], codebook: Codebook, known: ExportKnowledge
) -> Sheet:
    """The sheet of a form, writing to the streams of its files (see `files_of`, without the sidecar)."""
    if form in ("acled", "ucdp"):
        return RowSheet(streams[0], form, codebook, known)
    if form == "gdelt":
        return GdeltSheet(streams[0], streams[1], known)
    if form == "plover":
        return LineSheet(streams[0], codebook, known)
    if form == "geojson":
        return GeoJsonSheet(streams[0], codebook)
    if form == "parquet":
        return ParquetSheet(streams[0], level, codebook)
    return CsvSheet(streams[0], level, codebook)
