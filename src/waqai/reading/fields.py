"""From the fields of a record to an article, or the reason why there is none."""

import re
from collections.abc import Mapping

from waqai.model.article import Article, Published
from waqai.reading.dates import published_day
from waqai.reading.decode import arabic_letters, decode, decode_page, letters
from waqai.reading.names import own_names
from waqai.reading.outcome import (
    MAX_BYTES,
    MAX_CHARACTERS,
    TOO_BIG,
    InputError,
    ReadOptions,
    Row,
    Skipped,
    Source,
    Unreadable,
)

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: what stands in a name or a text for bytes that are no UTF-8."""
_NOT_OF_ARABIC = re.compile("[پچژگڤٹڈڑڵێۆەھے]")


def article(source: Source, row: Row, options: ReadOptions) -> Article | Skipped:
    """The article of one record; `options.notice` gets a line for each field that makes no sense and is left out.

    Fields may go by other usual names, as `waqai.reading.names` says.
    """
    try:
        return _article(source, row, options)
    except InputError as error:
        return Skipped(source.where, row.number, str(error))


def _article(source: Source, row: Row, options: ReadOptions) -> Article:
    named = {own: row.fields[name] for own, name in own_names(row.fields).items()}
    given = {name: value for name, value in named.items() if value is not None and value != ""}
    values = {
        name: _words(name, given.get(name), source, row, options) for name in ("title", "outlet", "url", "language")
    }
    published = _published(given.get("published"), source, row, options)
    text = _body(given.get("text"), "text")
    if text is None and "html" in given:
        from waqai.reading.page import read_page

        page = read_page(_page(given["html"]))
        text, values = page.text, {name: values[name] or page.values.get(name) for name in values}
        published = published or page.published
    if text is None:
        raise InputError(_no_text(row.fields, named))
    check_text(text)
    if row.damaged:
        reason = f"{row.damaged} of its characters could not be decoded and stand as \ufffd"
        options.notice(str(Skipped(source.where, row.number, reason)))
    return Article(
        id=_id(given.get("id"), source, row, options),
        text=text,
        title=values["title"] or "",
        published=published,
        outlet=values["outlet"],
        url=values["url"],
        language=values["language"],
        synthetic=row.fields.get("synthetic") in (True, "true", "True", "1"),
    )


def _no_text(fields: Mapping[str, object], named: Mapping[str, object]) -> str:
    if "text" in named or "html" in named:
        return "it is empty: there is no text"
    names = ", ".join(repr(str(name))[:40] for name in list(fields)[:8]) or "nothing"
    return f"it has no field 'text' or 'html', only {names}"


def _body(value: object, name: str) -> str | None:
    if isinstance(value, bytes):  # a column of bytes in a Parquet file
        if len(value) > MAX_BYTES:
            raise InputError(TOO_BIG)
        value = decode(value)[0]
    if value is not None and not isinstance(value, str):
        raise InputError(f"its {name} is not a text but {_kind(value)}")
    return value if value is None else SURROGATE.sub("\ufffd", value)


def _page(value: object) -> str:
    page = decode_page(value)[0] if isinstance(value, bytes) else _body(value, "html")
    return page or ""


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    if isinstance(value, Unreadable):
        return "a value that cannot be read"
    return names.get(type(value), f"a value of type {type(value).__name__}")


def _words(name: str, value: object, source: Source, row: Row, options: ReadOptions) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if value is not None:
        options.notice(
            str(Skipped(source.where, row.number, f"its {name} is not a text but {_kind(value)}; read without it"))
        )
    return None


def _published(value: object, source: Source, row: Row, options: ReadOptions) -> Published | None:
    if value is None:
        return None
    day = published_day(value)
    if day is None:
        shown = repr(value if isinstance(value, str | int | float) else _kind(value))[:60]
        reason = f"its published {shown} is no day that can be told for sure (write 2015-10-31); read as if unknown"
        options.notice(str(Skipped(source.where, row.number, reason)))
        return None
    return Published(day, "record")


def _id(value: object, source: Source, row: Row, options: ReadOptions) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        made = source.stem if row.number is None else f"{source.stem}-{row.number}"
        if value is not None:
            reason = f"its id is not a text but {_kind(value)}; read as {made!r}"
            options.notice(str(Skipped(source.where, row.number, reason)))
        return made
    return SURROGATE.sub("\ufffd", str(value))


def check_text(text: str) -> None:
    """Refuse what is no article in Arabic: InputError says why."""
    if not text or text.isspace():
        raise InputError("it is empty: there is no text")
    if len(text) > MAX_CHARACTERS:
        raise InputError(TOO_BIG)
    arabic = arabic_letters(text)
    if arabic < 3 or (arabic * 2 < len(text) and arabic * 5 < letters(text)):
        raise InputError("it is not Arabic: it has few Arabic letters or none")
    if arabic > 200 and len(_NOT_OF_ARABIC.findall(text)) * 60 > arabic:
        raise InputError("it is not Arabic: its letters are those of Persian, Kurdish or Urdu")
