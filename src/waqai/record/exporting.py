"""Writing an export of a record: what fits is read, left out or changed as asked, written, and told in the sidecar."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waqai.exports.facts import ExportError, Form, Happening, Item, Kept, Level, Telling, left_out
from waqai.exports.files import check_place, whole_files
from waqai.exports.forms import files_of, level_of, open_sheet
from waqai.exports.redaction import Redactor
from waqai.exports.rounding import rounded_happening, rounded_telling
from waqai.exports.sidecar import Asked, Counts, Made, sidecar
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.exports import load_exports
from waqai.knowledge.files import load_files
from waqai.record.loading import coders, level_items
from waqai.store.apart import meets_record
from waqai.store.reading import article_by_key

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from waqai.exports.sheets import Sheet
    from waqai.pipeline import Pipeline
    from waqai.queries.filters import Filter

_REMEMBERED = 20_000
_WIDEST = 500.0


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of an export, beside the filter: its form and place, what to include, what to take out.

    `round_km` is the width of the cells that coordinates are rounded to; None leaves them as they are.
    """

    form: Form
    path: str
    of: Level | None = None
    include: frozenset[Kept] = frozenset()
    redact_persons: bool = False
    round_km: float | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many rows, the files by what they hold, and how many were left out, by the reason."""

    level: Level
    rows: int
    files: Mapping[str, str]
    left_out: Mapping[str, int]


def write_export(connection: "Connection", filter: "Filter", query: Mapping[str, str], wish: Wish) -> Exported:
    """Write what fits; the files appear whole or not at all. `query` tells the filter in words.

    Raises ExportError when it cannot be made as asked, OSError when a file cannot be written.
    """
    level = level_of(wish.form, wish.of)
    if wish.round_km is not None and not 0 < wish.round_km <= _WIDEST:
        raise ExportError(
            f"coordinates cannot be rounded to {wish.round_km:g} km; give a number above 0 and at most 500"
        )
    files = files_of(wish.form, wish.path)
    for path in files.values():
        check_place(path)
        met = meets_record(path, connection.engine.url.database or "") if connection.dialect.name == "sqlite" else None
        if met:
            raise ExportError(f"{path!r} is {met}")
    knowledge = load_files()
    codebook, known = load_codebook(knowledge), load_exports(knowledge)
    asked = Asked(wish.form, level, query, wish.include, wish.redact_persons, wish.round_km)
    with whole_files(list(files.values())) as streams:
        sheet = open_sheet(wish.form, level, streams[:-1], codebook, known)
        try:
            counts = _fill(connection, filter, sheet, wish, level)
        except BaseException:
            with suppress(Exception):  # what was begun is thrown away; only let it go in order
                sheet.close()
            raise
        sheet.close()
        names = {what: path.replace("\\", "/").rpartition("/")[2] for what, path in files.items() if what != "sidecar"}
        made = Made(_version(), coders(connection))
        streams[-1].write(sidecar(asked, counts, sheet.filled, names, made, known))
    return Exported(level, counts.written, files, counts.left_out)


def _fill(connection: "Connection", filter: "Filter", sheet: "Sheet", wish: Wish, level: Level) -> Counts:
    """Put what fits on the sheet."""
    out: Counter[str] = Counter()
    written = synthetic = 0
    persons = Persons(connection) if wish.redact_persons else None
    whole = wish.form == "gdelt" or wish.redact_persons
    for item in level_items(connection, filter, level, whole=whole):
        why: str | None = left_out(item, wish.include)
        if why is None:
            why = sheet.add(_changed(item, wish, persons))
        if why is not None:
            out[why] += 1
            continue
        written += 1
        synthetic += item.synthetic if isinstance(item, Happening) else item.article.synthetic
    return Counts(written, dict(out), synthetic)


def _changed(item: Item, wish: Wish, persons: "Persons | None") -> Item:
    if isinstance(item, Happening):
        item = persons.without(item) if persons else item
        return rounded_happening(item, wish.round_km) if wish.round_km else item
    item = persons.without_alone(item) if persons else item
    return rounded_telling(item, wish.round_km) if wish.round_km else item


class Persons:
    """Takes private persons out, by the names in the whole text of each article."""

    def __init__(self, connection: "Connection") -> None:
        from waqai.knowledge.redaction import load_redaction
        from waqai.pipeline import open_pipeline

        self._connection = connection
        self._pipeline: Pipeline = open_pipeline()
        self._redactor = Redactor(load_redaction(load_files()))
        self._known: dict[str, frozenset[str]] = {}

    def without(self, happening: Happening) -> Happening:
        """The incident without private persons."""
        return self._redactor.happening(happening, {key: self.named(key) for key in happening.articles})

    def without_alone(self, telling: Telling) -> Telling:
        """The report without private persons."""
        return self._redactor.telling(telling, self.named(telling.article.key))

    def named(self, key: str) -> frozenset[str]:
        """The names of persons in the article with this key."""
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            stored = article_by_key(self._connection, key)
            found = self._pipeline.annotate(self._pipeline.clean(stored.article)).mentions.persons if stored else ()
            self._known[key] = frozenset(mention.value.name for mention in found)
        return self._known[key]


def _version() -> str:
    from importlib.metadata import version

    return version("waqai")
