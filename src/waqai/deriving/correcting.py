"""What a person may correct in a report, and the checks of what she gives: a value the field can have, words of the article."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

from sqlalchemy import Connection, select

from waqai.incidents.rulings import EDITABLE
from waqai.knowledge.actors import load_actors
from waqai.knowledge.codebook import Codebook
from waqai.knowledge.files import load_files
from waqai.model.mention import Actor, Place
from waqai.queries.naming import near
from waqai.sentences import NOT_DECIDED_SO, Said, Told
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
        raise DecisionError(f"words stand in the title or in the text, not in {words.part[:40]!r}")
    held = article.article.title if words.part == "title" else article.article.text
    start, end = (
        (_narrow(held, place) for place in (words.start, words.end)) if words.utf16 else (words.start, words.end)
    )
    if not 0 <= start < end <= len(held):
        raise DecisionError(
            f"the {words.part} of this article has {len(held):,} characters; {words.start} to {words.end} are no words of it"
        )
    found = held[start:end]
    if not found.strip():
        raise DecisionError(f"there are no words from {words.start} to {words.end} of the {words.part}")
    if words.text is not None and words.text != found:
        raise DecisionError(f"from {words.start} to {words.end} of the {words.part} stand other words than these")
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
    """Checks values against the codebook, the known actors and what the record names."""

    codebook: Codebook
    actors: Mapping[str, Actor] = field(
        default_factory=lambda: {id: entry.actor for id, entry in load_actors(load_files()).entries.items()}
    )

    def value(self, connection: Connection, name: str, value: Any) -> Any:
        """The value as the journal keeps it; DecisionError when the field, or the value in it, cannot be."""
        kinds = {kind.name: kind for kind in field_kinds(self.codebook)}
        if name not in kinds:
            raise DecisionError(f"there is no field {name[:40]!r} to correct; there are: {', '.join(EDITABLE)}")
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
            raise DecisionError(f"an event is an object with sub_event_type, and what is known of: {names}")
        empty = {"modality": "happened", "background": False, "actor1": [], "actor2": [], "attributed_to": []}
        given = {name: value.get(name, empty.get(name)) for name in EDITABLE if name != "evidence"}
        return {name: self.value(connection, name, held) for name, held in given.items()}

    def _place(self, connection: Connection, value: Any) -> dict[str, Any]:
        id = _known("a place", value, _PLACE).get("id") if isinstance(value, Mapping) else value
        if not isinstance(id, str) or not id or len(id) > _LONGEST or not _is_text(id):
            raise DecisionError("a place is given by its id in the record, such as /places lists them")
        found = places_by_id(connection, [id]).get(id)
        if found is None:
            raise DecisionError(f"the record has no place with the id {id[:60]!r}; /places lists them")
        return asdict(_exact(found))

    def _actors(self, connection: Connection, name: str, value: Any) -> list[dict[str, Any]]:
        given = _list(name, value, MOST_ACTORS, "ids of actors")
        ids = [_known("an actor", one, _ACTOR).get("id") if isinstance(one, Mapping) else one for one in given]
        found = []
        for id in dict.fromkeys(str(id) for id in ids):
            actor = self._recorded(connection, id) or self.actors.get(id)
            if actor is None:
                near_ids = "; ".join(near(id, list(self.actors)))
                raise DecisionError(f"no actor has the id {id[:60]!r}{f'; near are: {near_ids}' if near_ids else ''}")
            found.append(asdict(actor))
        return found

    def _recorded(self, connection: Connection, id: str) -> Actor | None:
        if not _is_text(id):
            return None
        row = connection.execute(select(schema.actors).where(schema.actors.c.id == id)).one_or_none()
        return None if row is None else Actor(row.id, row.name_en, row.name_ar, row.camp, row.kind)

    def _sources(self, connection: Connection, value: Any) -> list[dict[str, str]]:
        """The chain from the source the outlet names to the one furthest back: keys of the record, or names with a kind."""
        found = []
        for one in _list("attributed_to", value, MOST_SOURCES, "sources"):
            key = _known("a source", one, _SOURCE).get("key") if isinstance(one, Mapping) else one
            row = None
            if isinstance(key, str) and _is_text(key):
                row = connection.execute(select(schema.sources).where(schema.sources.c.key == key)).one_or_none()
            if row is not None:
                found.append({"name_en": row.name_en, "name_ar": row.name_ar, "kind": row.kind})
            elif isinstance(one, Mapping) and one.get("kind") in self.codebook.source_kinds:
                found.append(_named_source(one))
            else:
                raise DecisionError(
                    f"the record quotes no source {str(key)[:60]!r}; name a new one by name_en or name_ar, and kind "
                    f"({', '.join(self.codebook.source_kinds)})"
                )
        return found


def _known(what: str, value: Mapping[str, Any], names: frozenset[str]) -> Mapping[str, Any]:
    """The value; DecisionError when it has a name that would be passed over."""
    odd = sorted(set(map(str, value)) - names)
    if odd:
        raise DecisionError(f"{what} has no {odd[0][:40]!r}; it has: {', '.join(sorted(names))}")
    return value


def _exact(place: Place) -> Place:
    precision = _PRECISION.get(place.level, 2)
    return Place(
        place.id, place.name_ar, place.name_en, place.lat, place.lon, place.level, precision, None, place.country,
        place.governorate, place.pcode, place.pcode_level,
    )  # fmt: skip


def _list(name: str, value: Any, most: int, what: str) -> Sequence[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise DecisionError(
            f"the value of {name} is a list of at most {most} {what}; an empty one says that nobody is named"
        )
    return value


def _named_source(given: Mapping[str, Any]) -> dict[str, str]:
    names = {name: given.get(name) or "" for name in ("name_en", "name_ar")}
    if not any(names.values()) or not all(
        isinstance(n, str) and len(n) <= _LONGEST and _is_text(n) for n in names.values()
    ):
        raise DecisionError(f"a source has a name of up to {_LONGEST} letters: name_en or name_ar")
    return names | {"kind": str(given["kind"])}


def _is_text(text: str) -> bool:
    """Whether both databases can hold it: no NUL, no half of a surrogate."""
    return "\0" not in text and text.encode("utf-8", "replace").decode() == text


def _choice(kind: FieldKind, value: Any) -> Any:
    if value is None and kind.empty:
        return None
    if not isinstance(value, str) or value not in kind.choices:
        close = near(value, kind.choices) if isinstance(value, str) else []
        raise DecisionError(f"{str(value)[:60]!r} is no {kind.name}; {'near' if close else 'there'} are: "
                            f"{', '.join(close or kind.choices)}")  # fmt: skip
    return value


def _yes_no(kind: FieldKind, value: Any) -> bool:
    if not isinstance(value, bool):
        raise DecisionError(f"the value of {kind.name} is true or false, not {str(value)[:60]!r}")
    return value


def _nothing(kind: FieldKind, value: Any) -> None:
    if value is not None:
        raise DecisionError(f"{kind.name} is corrected by a span alone: the words of the article it stands in")


def _date(kind: FieldKind, value: Any) -> dict[str, Any] | None:
    """A day, or a span of days with both in; its precision follows from how long it is, unless it is given."""
    if value is None:
        return None
    given = {"start": value, "end": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or not set(given) <= {"start", "end", "precision", "time", "basis"}:
        raise DecisionError("a date is a day such as 2015-10-31, or start and end, both in")
    start, end = _day(given.get("start")), _day(given.get("end", given.get("start")))
    if end < start:
        raise DecisionError(f"{start} to {end} holds no day; the earlier one comes first")
    precision, time = given.get("precision"), given.get("time")
    if precision is not None and (isinstance(precision, bool) or precision not in (1, 2, 3, 4, 5)):
        raise DecisionError("the precision of a date is 1 (the day) to 5 (the year)")
    if time is not None and time not in kind.choices:
        raise DecisionError(f"{str(time)[:40]!r} is no part of a day; there are: {', '.join(kind.choices)}")
    days = (end - start).days + 1
    found = precision or next(number for number, most in ((1, 1), (2, 6), (3, 7), (4, 31), (5, 10**6)) if days <= most)
    return {"start": start.isoformat(), "end": end.isoformat(), "precision": found, "basis": "stated", "time": time}


def _day(text: Any) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        day = None
    if day is None or not _EARLIEST <= day < _LATEST:
        raise DecisionError(f"{str(text)[:40]!r} is no day such as 2015-10-31")
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
        raise DecisionError(f'the value of {kind.name} is [low, high], whole numbers; high is null for "at least"')
    return [low, high]
