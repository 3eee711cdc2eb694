"""From words to a filter: the values of options or of an address, checked against the record and the codebook.

The names of the parameters are those of the options without their dashes, `-` written `_`.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast, get_args

from sqlalchemy import Connection, select

from waqai.knowledge.codebook import Codebook
from waqai.model.incident import Grade
from waqai.queries.areas import Area, parse_box, parse_polygon
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter, types_named
from waqai.queries.naming import Kind, Shown, actors_named, all_shown, name_key, near, places_named, sources_named
from waqai.queries.wording import searchable
from waqai.sentences import (
    EMPTY,
    KEPT_BACK,
    NO_CONDITION,
    NO_COUNTRY,
    NO_COUNTRY_NEAR,
    NO_DAY,
    NO_DAYS_BETWEEN,
    NO_NUMBER,
    NO_PCODE,
    NO_TEXT,
    NO_VALUE,
    NONE_SUCH,
    NONE_SUCH_NEAR,
    ROLE_OF_WHOM,
    TOO_LONG,
    WORDS,
)
from waqai.store.schema import articles, places

Asked = Mapping[str, Sequence[str]]
PARAMETERS = (
    "type", "actor", "role", "camp", "place", "bbox", "polygon", "country", "governorate", "pcode", "from", "to", "source",
    "outlet", "modality", "background", "grade", "min_killed", "words", "incident", "as_of",
)  # fmt: skip
ROLES = ("actor1", "actor2", "blamed")
GRADES: tuple[Grade, ...] = get_args(Grade)
_LONGEST = 1000
_LONGEST_POLYGON = 12_000
_SHOWN = 12


def filter_asked(
    connection: Connection, asked: Asked, codebook: Codebook, area: Area | None = None, known: Shown = all_shown
) -> Filter:
    """The filter that these values mean: each parameter with its values, which may be none. What is not `known` to who asks
    is as if the record did not hold it.

    Raises QueryError, with what is near, for a name that the record does not hold, and for what is no value at all.
    """
    _check(asked)
    listed = {name: tuple(value.strip() for value in asked.get(name, ())) for name in PARAMETERS}
    one = {name: values[-1] for name, values in listed.items() if values}
    governorates = _governorates(connection, listed["governorate"], known)
    return Filter(
        types=types_named(listed["type"], codebook),
        actors=actors_named(connection, listed["actor"], known),
        roles=_of("role", listed["role"], ROLES),
        camps=_of("camp", listed["camp"], codebook.camps),
        places=places_named(connection, listed["place"], governorates, known),
        box=parse_box(one["bbox"]) if "bbox" in one else None,
        area=parse_polygon(one["polygon"]) if "polygon" in one else area,
        country=_country(connection, one.get("country"), known),
        governorates=governorates,
        pcode=_pcode(connection, one.get("pcode"), known),
        start=day_of(one["from"]) if "from" in one else None,
        end=day_of(one["to"], last=True) if "to" in one else None,
        sources=sources_named(connection, listed["source"], known),
        outlets=_outlets(connection, listed["outlet"], known),
        modalities=cast(Any, _of("modality", listed["modality"], codebook.modalities)),
        background=_of("background", (one["background"],), ("yes", "no"))[0] == "yes" if "background" in one else None,
        grades=cast(Any, _of("grade", listed["grade"], GRADES)),
        min_killed=_number("min_killed", one["min_killed"]) if "min_killed" in one else None,
        words=searchable(one["words"]) if "words" in one else None,
        incident=one.get("incident"),
        as_of=day_of(one["as_of"], last=True) if "as_of" in one else None,
    )


def _check(asked: Asked) -> None:
    for name, values in asked.items():
        if name not in PARAMETERS:
            raise QueryError(NO_CONDITION(name=name[:40], known=", ".join(PARAMETERS)))
        for value in values:
            if not value.strip():
                raise QueryError(EMPTY(name=name))
            if len(value) > (_LONGEST_POLYGON if name == "polygon" else _LONGEST):
                raise QueryError(TOO_LONG(name=name))
            if not _is_text(value):
                raise QueryError(NO_TEXT(name=name))
    if asked.get("role") and not (asked.get("actor") or asked.get("camp")):
        raise QueryError(ROLE_OF_WHOM())
    begin, end = (asked[name][-1] if asked.get(name) else "" for name in ("from", "to"))
    if begin and end and day_of(begin) > day_of(end, last=True):
        raise QueryError(NO_DAYS_BETWEEN(begin=begin, end=end))


def _is_text(value: str) -> bool:
    """Whether both databases can be asked for it: no NUL, no half of a surrogate (as a broken argument holds)."""
    return "\0" not in value and value.encode("utf-8", "replace").decode() == value


def day_of(text: str, *, last: bool = False) -> dt.date:
    """A day such as 2015-10-31; of a month or a year, the first day of it (or the last one). QueryError when it is none.

    >>> day_of("2016-02", last=True)
    datetime.date(2016, 2, 29)
    """
    try:
        parts = [int(part) for part in text.strip().split("-")]
        if len(parts) == 3 or not last:
            return dt.date(*([*parts, 1, 1])[:3])
        year, month = (*parts, 12)[:2]
        following = dt.date(year + 1, 1, 1) if month == 12 else dt.date(year, month + 1, 1)
        return following - dt.timedelta(1)
    except (ValueError, TypeError, OverflowError):
        raise QueryError(NO_DAY(text=text[:40])) from None


def _number(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise QueryError(NO_NUMBER(name=name, value=text[:40]))
    return int(text)


def _of(name: str, values: Iterable[str], known: Sequence[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(value.casefold() for value in values))
    for value in found:
        if value not in known:
            shown = near(value, known) or known[:_SHOWN]
            raise QueryError(NO_VALUE(name=name, value=value[:40], near=", ".join(shown)))
    return found


def _country(connection: Connection, code: str | None, known: Shown) -> str | None:
    if code is None:
        return None
    held = connection.scalars(select(places.c.country).where(places.c.country.is_not(None)).distinct()).all()
    if code.upper() not in held or not known("country", code.upper()):
        said = NO_COUNTRY_NEAR(code=code[:40], known=", ".join(sorted(held)))
        raise QueryError(said, bare=NO_COUNTRY())
    return code.upper()


def _pcode(connection: Connection, begin: str | None, known: Shown) -> str | None:
    if begin is None:
        return None
    code = begin.upper()
    held = connection.scalars(select(places.c.id).where(places.c.pcode.startswith(code, autoescape=True)))
    if not any(known("place", id) for id in held):
        raise QueryError(NO_PCODE(code=begin[:40]))
    return code


def _governorates(connection: Connection, names: Sequence[str], known: Shown) -> tuple[str, ...]:
    """By their names in the record, or by the Arabic name of the governorate where the record names it as a place."""
    if not names:
        return ()
    column = places.c.governorate
    held = connection.scalars(select(column).where(column.is_not(None)).distinct().order_by(column)).all()
    asked = select(places.c.name_ar, column).where(places.c.level == "governorate", column.is_not(None))
    arabic = {name_key(name).removeprefix("محافظه").strip(): english for name, english in connection.execute(asked)}
    return _picked("governorate", names, held, known, lambda key: arabic.get(key.removeprefix("محافظه").strip()))


def _outlets(connection: Connection, names: Sequence[str], known: Shown) -> tuple[str, ...]:
    if not names:
        return ()
    column = articles.c.outlet
    held = connection.scalars(select(column).where(column.is_not(None)).distinct().order_by(column)).all()
    return _picked("outlet", names, held, known, lambda _: None)


def _picked(
    what: Kind, names: Sequence[str], held: Sequence[str], known: Shown, other: Callable[[str], str | None]
) -> tuple[str, ...]:
    by_key: dict[str, list[str]] = {}
    for one in held:
        by_key.setdefault(name_key(one), []).append(one)
    found: dict[str, None] = {}
    for name in names:
        key = name_key(name)
        fitting = [name] if name in held else by_key.get(key) or list(filter(None, [other(key)]))
        fitting = [one for one in fitting if known(what, one)]
        if not fitting:
            shown = near(name, held) or held[:_SHOWN]
            word, short = WORDS[what], name[:60]
            bare = KEPT_BACK(what=word) if what == "outlet" else NONE_SUCH(what=word, name=short)
            raise QueryError(NONE_SUCH_NEAR(what=word, name=short, near=", ".join(shown) or "none"), bare)
        found.update(dict.fromkeys(fitting))
    return tuple(found)
