"""What a person may correct in a report, and the checks of what she gives: a value the field can have, words of the article."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from sqlalchemy import Connection, select

from waqai.incidents.rulings import EDITABLE
from waqai.knowledge.codebook import Codebook
from waqai.model.mention import Actor, Place
from waqai.queries.known import Known
from waqai.queries.naming import near
from waqai.sentences import (
    A_PLACE,
    A_SOURCE,
    AN_ACTOR,
    BY_SPAN,
    DATE_FORM,
    DATE_PRECISION,
    EVENT_FORM,
    IDS_OF_ACTORS,
    LIST_OF,
    NO_ACTOR_ID,
    NO_ACTOR_ID_NEAR,
    NO_DAYS_IN,
    NO_FIELD,
    NO_PART_OF_DAY,
    NO_PLACE_ID,
    NO_SOURCE_KEY,
    NO_SOURCE_KIND,
    NO_SUCH_CHOICE,
    NO_SUCH_CHOICE_NEAR,
    NO_WORDS_THERE,
    NOT_DECIDED_SO,
    NOT_YET,
    ONLY_A_DAY,
    ONLY_THESE,
    OTHER_WORDS,
    PLACE_BY_ID,
    SOME_SOURCES,
    SOURCE_NAME,
    TOLL_FORM,
    TRUE_OR_FALSE,
    WORDS_BEYOND,
    WORDS_WHERE,
    Said,
    Told,
    Value,
    Word,
)
from waqai.store import schema
from waqai.store.control import places_by_id
from waqai.store.reading import StoredArticle

Fault = Literal["unknown", "wrong", "settled", "forbidden"]
MOST_ACTORS = 10
MOST_SOURCES = 8
_LARGEST = 10_000_000
_LONGEST = 300
_PRECISION = {"site": 1, "neighbourhood": 1, "settlement": 1, "area": 2, "governorate": 4, "country": 6}
_PLACE, _ACTOR = (frozenset(one.name for one in fields(kind)) for kind in (Place, Actor))
_SOURCE = frozenset({"key", "name_en", "name_ar", "kind"})
_JOINERS = dict.fromkeys((0x200C, 0x200D))
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2100, 1, 1)


class DecisionError(Told):
    """A decision that cannot be kept; one sentence a person can act on. `fault` says of which kind it is."""

    general = NOT_DECIDED_SO

    def __init__(self, said: Said | str, fault: Fault = "wrong") -> None:
        super().__init__(said)
        self.fault: Fault = fault


@dataclass(frozen=True, slots=True)
class Words:
    """Code points `start` (in) to `end` (out) of a part of the article; `text`, when given, has to be what stands there.

    `utf16` says that the places count code units of UTF-16, as browsers do.
    """

    part: str
    start: int
    end: int
    text: str | None = None
    utf16: bool = False


@dataclass(frozen=True, slots=True)
class FieldKind:
    """How a field is corrected: the kind of its values, the choices where they are a closed list, whether it may be empty."""

    name: str
    kind: Literal["choice", "yes_no", "place", "date", "actors", "toll", "sources", "words"]
    choices: tuple[str, ...] = ()
    empty: bool = False


def field_kinds(codebook: Codebook) -> tuple[FieldKind, ...]:
    """Every field that can be corrected, in the order of a report's form."""
    kinds = {
        "sub_event_type": FieldKind("sub_event_type", "choice", tuple(codebook.event_types)),
        "modality": FieldKind("modality", "choice", codebook.modalities),
        "background": FieldKind("background", "yes_no"),
        "place": FieldKind("place", "place", empty=True),
        "date": FieldKind("date", "date", codebook.times, empty=True),
        "target": FieldKind("target", "choice", codebook.targets, empty=True),
        "weapon": FieldKind("weapon", "choice", codebook.weapons, empty=True),
        "attributed_to": FieldKind("attributed_to", "sources", codebook.source_kinds, empty=True),
        "evidence": FieldKind("evidence", "words"),
    }
    kinds |= {name: FieldKind(name, "actors", empty=True) for name in ("actor1", "actor2")}
    kinds |= {name: FieldKind(name, "toll", empty=True) for name in ("killed", "injured")}
    return tuple(kinds[name] for name in EDITABLE)


def words_of(article: StoredArticle, words: Words) -> dict[str, Any]:
    """The words as a correction keeps them; DecisionError when there are none at these places."""
    if words.part not in ("title", "text"):
        raise DecisionError(WORDS_WHERE(part=words.part[:40]))
    held = article.article.title if words.part == "title" else article.article.text
    start, end = (
        (_narrow(held, place) for place in (words.start, words.end)) if words.utf16 else (words.start, words.end)
    )
    if not 0 <= start < end <= len(held):
        raise DecisionError(WORDS_BEYOND(part=words.part, length=f"{len(held):,}", start=words.start, end=words.end))
    found = held[start:end]
    if not found.strip():
        raise DecisionError(NO_WORDS_THERE(start=words.start, end=words.end, part=words.part))
    if words.text is not None and words.text != found:
        raise DecisionError(OTHER_WORDS(start=words.start, end=words.end, part=words.part))
    return {"in": words.part, "start": start, "end": end, "text": found}


def _narrow(text: str, place: int) -> int:
    """The code points before a place that counts code units of UTF-16; -1 within a character, or behind the end."""
    units = text.encode("utf-16-le", "surrogatepass")
    try:
        return len(units[: 2 * place].decode("utf-16-le")) if 0 <= 2 * place <= len(units) else -1
    except UnicodeDecodeError:
        return -1


@dataclass(frozen=True, slots=True)
class Corrections:
    """Checks values against the codebook, what the record names and the known parties and places."""

    codebook: Codebook
    known: Known = field(default_factory=Known)

    def value(self, connection: Connection, name: str, value: Any) -> Any:
        """The value as the journal keeps it; DecisionError when the field, or the value in it, cannot be."""
        kinds = {kind.name: kind for kind in field_kinds(self.codebook)}
        if name not in kinds:
            raise DecisionError(NO_FIELD(name=name[:40], known=", ".join(EDITABLE)))
        kind = kinds[name]
        if kind.kind == "place":
            return None if value is None else self._place(connection, value)
        if kind.kind == "actors":
            return self._actors(connection, name, value)
        if kind.kind == "sources":
            return self._sources(connection, value)
        checks: dict[str, Callable[[FieldKind, Any], Any]] = {
            "choice": _choice, "yes_no": _yes_no, "date": _date, "toll": _toll, "words": _nothing,
        }  # fmt: skip
        return checks[kind.kind](kind, value)

    def event(self, connection: Connection, value: Any) -> dict[str, Any]:
        """The fields of an event that no report tells; a type is needed, what is left out is not known."""
        told = set(EDITABLE) - {"evidence"}
        if not isinstance(value, Mapping) or not set(value) <= told or "sub_event_type" not in value:
            names = ", ".join(name for name in EDITABLE if name in told)
            raise DecisionError(EVENT_FORM(names=names))
        empty = {"modality": "happened", "background": False, "actor1": [], "actor2": [], "attributed_to": []}
        given = {name: value.get(name, empty.get(name)) for name in EDITABLE if name != "evidence"}
        return {name: self.value(connection, name, held) for name, held in given.items()}

    def _place(self, connection: Connection, value: Any) -> dict[str, Any]:
        id = _known(A_PLACE, value, _PLACE).get("id") if isinstance(value, Mapping) else value
        if not isinstance(id, str) or not id or len(id) > _LONGEST or not _is_text(id):
            raise DecisionError(PLACE_BY_ID())
        recorded = places_by_id(connection, [id]).get(id)
        found = recorded if recorded is not None and recorded.lat is not None else self.known.place(id) or recorded
        if found is None:
            raise DecisionError(NO_PLACE_ID(id=id[:60]))
        return asdict(_exact(found))

    def _actors(self, connection: Connection, name: str, value: Any) -> list[dict[str, Any]]:
        given = _list(name, value, MOST_ACTORS, IDS_OF_ACTORS)
        ids = [_known(AN_ACTOR, one, _ACTOR).get("id") if isinstance(one, Mapping) else one for one in given]
        found = []
        for id in dict.fromkeys(str(id) for id in ids):
            actor = self._recorded(connection, id) or self.known.actor(id)
            if actor is None:
                near_ids = "; ".join(near(id, list(self.known.actor_ids)))
                raise DecisionError(
                    NO_ACTOR_ID_NEAR(id=id[:60], near=near_ids) if near_ids else NO_ACTOR_ID(id=id[:60])
                )
            found.append(asdict(actor))
        return found

    def _recorded(self, connection: Connection, id: str) -> Actor | None:
        if not _is_text(id):
            return None
        row = connection.execute(select(schema.actors).where(schema.actors.c.id == id)).one_or_none()
        return None if row is None else Actor(row.id, row.name_en, row.name_ar, row.camp, row.kind)

    def _sources(self, connection: Connection, value: Any) -> list[dict[str, str]]:
        """The chain from the source the outlet names to the one furthest back: keys of the record, or names with a kind."""
        found, kinds = [], ", ".join(self.codebook.source_kinds)
        for one in _list("attributed_to", value, MOST_SOURCES, SOME_SOURCES):
            key = _known(A_SOURCE, one, _SOURCE).get("key") if isinstance(one, Mapping) else one
            row = None
            if isinstance(key, str) and _is_text(key):
                row = connection.execute(select(schema.sources).where(schema.sources.c.key == key)).one_or_none()
            if row is not None:
                found.append({"name_en": row.name_en, "name_ar": row.name_ar, "kind": row.kind})
            elif isinstance(one, Mapping) and one.get("kind") in self.codebook.source_kinds:
                found.append(_named_source(one))
            elif isinstance(one, Mapping) and key is None and one.get("kind") is not None:
                raise DecisionError(NO_SOURCE_KIND(kind=str(one["kind"])[:60], kinds=kinds))
            else:
                raise DecisionError(NO_SOURCE_KEY(key=str(key)[:60], kinds=kinds))
        return found


def _known(what: Word, value: Mapping[str, Any], names: frozenset[str]) -> Mapping[str, Any]:
    """The value; DecisionError when it has a name that would be passed over."""
    odd = sorted(set(map(str, value)) - names)
    if odd:
        raise DecisionError(ONLY_THESE(what=what, name=odd[0][:40], known=", ".join(sorted(names))))
    return value


def _exact(place: Place) -> Place:
    precision = _PRECISION.get(place.level, 2)
    return Place(
        place.id, place.name_ar, place.name_en, place.lat, place.lon, place.level, precision, None, place.country,
        place.governorate, place.pcode, place.pcode_level,
    )  # fmt: skip


def _list(name: str, value: Any, most: int, what: Word) -> Sequence[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise DecisionError(LIST_OF(name=name, most=most, what=what))
    return value


def _named_source(given: Mapping[str, Any]) -> dict[str, str]:
    names = {name: given.get(name) or "" for name in ("name_en", "name_ar")}
    if not all(isinstance(name, str) and _is_name(name) for name in names.values()):
        raise DecisionError(SOURCE_NAME(most=_LONGEST))
    held = {language: str(name).strip() for language, name in names.items()}
    if not any(held.values()):
        raise DecisionError(SOURCE_NAME(most=_LONGEST))
    return held | {"kind": str(given["kind"])}


def _is_name(text: str) -> bool:
    """Whether it is shown as it was typed: on one line, with no sign but the joiners that words of Arabic letters need."""
    return len(text) <= _LONGEST and text.translate(_JOINERS).isprintable()


def _is_text(text: str) -> bool:
    """Whether both databases can hold it: no NUL, no half of a surrogate."""
    return "\0" not in text and text.encode("utf-8", "replace").decode() == text


def _choice(kind: FieldKind, value: Any) -> Any:
    if value is None and kind.empty:
        return None
    if not isinstance(value, str) or value not in kind.choices:
        close = near(value, kind.choices) if isinstance(value, str) else []
        given: dict[str, Value] = {"value": str(value)[:60], "name": kind.name}
        if close:
            raise DecisionError(NO_SUCH_CHOICE_NEAR(**given, near=", ".join(close)))
        raise DecisionError(NO_SUCH_CHOICE(**given, known=", ".join(kind.choices)))
    return value


def _yes_no(kind: FieldKind, value: Any) -> bool:
    if not isinstance(value, bool):
        raise DecisionError(TRUE_OR_FALSE(name=kind.name, value=str(value)[:60]))
    return value


def _nothing(kind: FieldKind, value: Any) -> None:
    if value is not None:
        raise DecisionError(BY_SPAN(name=kind.name))


def _date(kind: FieldKind, value: Any) -> dict[str, Any] | None:
    """A day, or a span of days with both in; its precision follows from how long it is, unless it is given."""
    if value is None:
        return None
    given = {"start": value, "end": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or not set(given) <= {"start", "end", "precision", "time", "basis"}:
        raise DecisionError(DATE_FORM())
    start, end = _day(given.get("start")), _day(given.get("end", given.get("start")))
    if end < start:
        raise DecisionError(NO_DAYS_IN(start=str(start), end=str(end)))
    precision, time = given.get("precision"), given.get("time")
    if precision is not None and (isinstance(precision, bool) or precision not in (1, 2, 3, 4, 5)):
        raise DecisionError(DATE_PRECISION())
    if time is not None and time not in kind.choices:
        raise DecisionError(NO_PART_OF_DAY(text=str(time)[:40], known=", ".join(kind.choices)))
    days = (end - start).days + 1
    found = precision or next(number for number, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 10**6)) if days <= most)
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": found, "basis": "stated", "time": time}


def check_begun(date: Mapping[str, Any] | None, modality: str, today: dt.date) -> None:
    """Raise DecisionError when a date as the journal keeps it begins after today, and what it is of is not only planned."""
    if date is not None and modality != "planned" and date["start"] > today.isoformat():
        raise DecisionError(NOT_YET(start=date["start"], today=today.isoformat()))


def _day(text: Any) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not _EARLIEST <= day < _LATEST:
        raise DecisionError(ONLY_A_DAY(text=str(text)[:40]))
    return day


def _toll(kind: FieldKind, value: Any) -> list[int | None] | None:
    if value is None:
        return None
    pair = value if isinstance(value, list) and len(value) == 2 else [None, None]
    low, high = pair
    whole = all(
        isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= _LARGEST
        for n in (low, low if high is None else high)
    )
    if not whole or (high is not None and high < low):
        raise DecisionError(TOLL_FORM(name=kind.name))
    return [low, high]
