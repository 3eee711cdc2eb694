"""From names to ids: which place, actor or source of the record is meant by a name, in Arabic or English, or by its id."""

import difflib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, Table, select

from waqai.arabic.letters import fold
from waqai.queries.errors import QueryError
from waqai.sentences import KEPT_BACK, SEVERAL, SEVERAL_ASK, UNKNOWN, UNKNOWN_NEAR, WORDS, Value
from waqai.store.schema import actors, places, sources

_SHOWN = 6
_LONGEST = 200
_WIDER = ("area", "governorate")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_NOT_LETTERS = re.compile(r"[^\w]+")


Kind = Literal["place", "actor", "source", "outlet", "governorate", "country"]
Shown = Callable[[Kind, str], bool]
"""Whether something of the record (its kind, its id) may be known to who asks."""


def all_shown(_: Kind, __: str) -> bool:
    """To who may see the whole record."""
    return True


@dataclass(frozen=True, slots=True)
class Named:
    """A place, an actor or a source as it is looked up: its id, its names, and where or what it is."""

    id: str
    name_ar: str
    name_en: str
    about: tuple[str, ...]

    @property
    def shown(self) -> str:
        """It in a list of choices: the id, names and what tells it from its namesakes."""
        names = " / ".join(dict.fromkeys(filter(None, (self.name_ar, self.name_en))))
        return f"{self.id} ({', '.join((names, *self.about))})"


def name_key(name: str) -> str:
    """The form in which names are compared: folded, without vowel marks and signs, the Latin ones without accents.

    >>> name_key("  إدلِب ") == name_key("ادلب")
    True
    >>> name_key("Al-Bab")
    'al bab'
    """
    return _NOT_LETTERS.sub(" ", fold(_MARKS.sub("", name)).casefold()).strip()


def _keys(name: str) -> tuple[str, ...]:
    """The forms a name is asked for by: as it is, and without its article."""
    key = name_key(name)
    bare = key.removeprefix("ال") if key.startswith("ال") else key.removeprefix("al ")
    return (key, bare) if bare != key and len(bare) > 2 else (key,)


def places_named(
    connection: Connection, names: Iterable[str], governorates: Sequence[str] = (), known: Shown = all_shown
) -> tuple[str, ...]:
    """The ids of the places meant by names or ids; namesakes are told apart by `governorates` when it is given.

    Raises QueryError when the record has no such place, or several.
    """
    return _resolve(connection, names, places, "place", _of_place, known, governorates, _places_spelled)


def _places_spelled(name: str) -> frozenset[str]:
    """The ids of the places that the gazetteer knows by this name: the record has one name of each."""
    from waqai.knowledge.files import load_files
    from waqai.knowledge.gazetteer import load_gazetteer
    from waqai.knowledge.place_words import key_of

    key = key_of(name[:_LONGEST])
    return frozenset(one.entry.id for one in load_gazetteer(load_files()).candidates(key)) if key else frozenset()


def _of_place(row: Row[Any]) -> tuple[str, ...]:
    return tuple(filter(None, (row.level, row.governorate, row.country)))


def actors_named(connection: Connection, names: Iterable[str], known: Shown = all_shown) -> tuple[str, ...]:
    """The ids of the actors meant by names or ids. Raises QueryError when the record has no such actor, or several."""
    return _resolve(connection, names, actors, "actor", lambda row: (row.camp,), known, spelled=_actors_spelled)


def _actors_spelled(name: str) -> frozenset[str]:
    """The ids of the actors that the knowledge files know by this spelling or nickname."""
    from waqai.arabic.phrases import phrase_words
    from waqai.knowledge.actors import load_actors
    from waqai.knowledge.files import load_files

    words = phrase_words(name[:_LONGEST])
    found = load_actors(load_files()).table.longest(words) if words else []
    whole = [phrases for start, end, _, phrases in found if (start, end) == (0, len(words))]
    return frozenset(phrase.target for phrases in whole for phrase in phrases if isinstance(phrase.target, str))


def sources_named(connection: Connection, names: Iterable[str], known: Shown = all_shown) -> tuple[str, ...]:
    """The keys of the sources meant by names. Raises QueryError when the record has no such source, or several."""
    return _resolve(connection, names, sources, "source", lambda row: (row.kind,), known)


def _resolve(
    connection: Connection,
    names: Iterable[str],
    table: Table,
    what: Kind,
    about: Callable[[Row[Any]], tuple[str, ...]],
    known: Shown,
    within: Sequence[str] = (),
    spelled: Callable[[str], frozenset[str]] | None = None,
) -> tuple[str, ...]:
    asked = list(names)
    if not asked:
        return ()
    rows = connection.execute(select(table)).all()
    held = [Named(row[0], row.name_ar, row.name_en, about(row)) for row in rows]
    return tuple(dict.fromkeys(_one(name, held, what, known, within, spelled).id for name in asked))


def _one(
    name: str,
    held: Sequence[Named],
    what: Kind,
    known: Shown,
    within: Sequence[str],
    spelled: Callable[[str], frozenset[str]] | None,
) -> Named:
    by_id = [one for one in held if one.id == name and known(what, one.id)]
    if by_id:
        return by_id[0]
    found = [one for one in _by_name(name, held) if known(what, one.id)]
    if not found and spelled is not None:
        ids = spelled(name)
        found = [one for one in held if one.id in ids and known(what, one.id)]
    if len(found) > 1 and within:
        found = [one for one in found if set(one.about) & set(within)] or found
    if len(found) > 1:
        found = _nearest_meant(found)
    if len(found) == 1:
        return found[0]
    if found:
        shown = "; ".join(one.shown for one in found[:_SHOWN])
        more = f"; and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        several: dict[str, Value] = {"number": len(found), "what": WORDS[what], "name": _said(name)}
        raise QueryError(SEVERAL_ASK(**several, names=shown + more), bare=SEVERAL(**several))
    unknown: dict[str, Value] = {"what": WORDS[what], "name": _said(name)}
    near_ones = _suggest(name, held)
    bare = KEPT_BACK(what=WORDS[what]) if what == "source" else UNKNOWN(**unknown)
    raise QueryError(UNKNOWN_NEAR(**unknown, near=near_ones) if near_ones else UNKNOWN(**unknown), bare)


def _nearest_meant(found: Sequence[Named]) -> list[Named]:
    """Namesakes that are one place seen otherwise ("Aleppo/90" is its east), or the land around the town, give way to it."""
    ids = {one.id for one in found}
    whole = [one for one in found if one.id.partition("/")[0] not in ids - {one.id}]
    towns = [one for one in whole if "settlement" in one.about]
    wider = [one for one in whole if one not in towns]
    same = len(towns) == 1 and all(one.about[1:] == towns[0].about[1:] and one.about[0] in _WIDER for one in wider)
    return towns if same else whole


def _by_name(name: str, held: Sequence[Named]) -> list[Named]:
    """Those that bear the name exactly; else those that bear it but for its article."""
    keys = _keys(name[:_LONGEST])
    if not keys[0]:
        return []
    whole = [one for one in held if keys[0] in (name_key(one.name_ar), name_key(one.name_en))]
    if whole:
        return whole
    wanted = set(keys)
    return [one for one in held if wanted.intersection((*_keys(one.name_ar), *_keys(one.name_en)))]


def _said(name: str) -> str:
    short = name if len(name) <= 60 else f"{name[:60]}…"
    return "".join(character if character.isprintable() else "\ufffd" for character in short)


def _suggest(name: str, held: Sequence[Named]) -> str:
    names = {one.id: one for one in held}
    spelled = [(spelling, one.id) for one in held for spelling in (one.name_ar, one.name_en) if spelling]
    close = near(name, [spelling for spelling, _ in spelled])
    ids = list(dict.fromkeys(id for wanted in close for spelling, id in spelled if spelling == wanted))
    return "; ".join(names[id].shown for id in ids[:_SHOWN])


def near(name: str, known: Sequence[str]) -> list[str]:
    """The known names that are nearest to this one: those that hold it first, then those spelled much like it."""
    key = name_key(name[:_LONGEST])
    if not key:
        return []
    by_key: dict[str, str] = {}
    for one in known:
        by_key.setdefault(name_key(one), one)
    holding = sorted((other for other in by_key if key in other), key=lambda other: (len(other), other))
    alike = difflib.get_close_matches(key, list(by_key), _SHOWN, 0.6)
    return [by_key[other] for other in dict.fromkeys([*holding, *alike])][:_SHOWN]
