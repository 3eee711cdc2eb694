"""What a question is limited to. The same filter is made of the options of a command and of the parameters of an address."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from waqai.knowledge.codebook import Codebook
from waqai.model.incident import Grade
from waqai.model.report import Modality
from waqai.queries.areas import Area, Box
from waqai.queries.errors import QueryError
from waqai.sentences import NO_TYPE


class NoType(QueryError):
    """A name of no type; `name` is what was given, `near` are the types whose names are like it."""

    def __init__(self, name: str, near: Sequence[str]) -> None:
        super().__init__(NO_TYPE(name=name, near="; ".join(near)))
        self.name, self.near = name, near


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all have to hold; of several values in one of them, any. Empty means: no condition.

    `types` are sub-event types; `actors`, `places` and `sources` ids of the record (`roles` limits which part an actor
    plays: actor1, actor2, blamed). One actor may be of a camp asked for and another the actor asked for. `start` and `end`
    are days, both in; what may have happened on one of them is found. `pcode` is the beginning of one. `min_killed` asks the
    lowest number told. `words` is a full-text question to the articles. `incident` limits reports to those of one. `as_of`
    leaves out what was not known at the end of that day, and so does `held_back`, which also leaves out incidents that a
    later report tells of: what they say today was not known then.
    `placed` asks for what has a point on the map, or has none; `dated` for what has a day, or has none.
    """

    types: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    camps: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    box: Box | None = None
    area: Area | None = None
    country: str | None = None
    governorates: tuple[str, ...] = ()
    pcode: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    sources: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    modalities: tuple[Modality, ...] = ()
    background: bool | None = None
    grades: tuple[Grade, ...] = ()
    min_killed: int | None = None
    words: str | None = None
    incident: str | None = None
    as_of: dt.date | None = None
    held_back: dt.date | None = None
    placed: bool | None = None
    dated: bool | None = None


def types_named(names: Iterable[str], codebook: Codebook) -> tuple[str, ...]:
    """The sub-event types that are meant by names of sub-event types, event types or families, in any case of letters.

    Raises QueryError, with the names that are near, when the codebook has no such name.

    >>> from waqai.knowledge.codebook import load_codebook
    >>> from waqai.knowledge.files import load_files
    >>> types_named(["riots"], load_codebook(load_files()))
    ('Violent demonstration', 'Mob violence')
    """
    found: dict[str, None] = {}
    for name in names:
        wanted = name.strip().casefold()
        fitting = [
            kind.sub_event_type
            for kind in codebook.event_types.values()
            if wanted in (kind.sub_event_type.casefold(), kind.event_type.casefold(), kind.family.casefold())
        ]
        if not fitting:
            raise NoType(name[:60], _near_types(name, codebook))
        found.update(dict.fromkeys(fitting))
    return tuple(found)


def _near_types(name: str, codebook: Codebook) -> Sequence[str]:
    from waqai.queries.naming import near

    kinds = codebook.event_types.values()
    known = [*dict.fromkeys(kind.event_type for kind in kinds), *(kind.sub_event_type for kind in kinds)]
    return near(name, known) or known[:6]
