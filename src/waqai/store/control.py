"""Who held which place when, as it was derived; and the places whose control has to be told anew."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from waqai.model.control import Interval
from waqai.model.mention import Place
from waqai.records_control import Reference, interval_json
from waqai.store.schema import control, pending, places
from waqai.store.statements import chunks, insert_new

_CHUNK = 5000


def waiting_places(connection: Connection, most: int) -> list[str]:
    """The ids of places whose control waits to be told, in the order of their ids, `most` at most."""
    statement = select(pending.c.what).where(pending.c.kind == "place").order_by(pending.c.what).limit(most)
    return list(connection.scalars(statement))


def let_wait(connection: Connection, ids: Iterable[str]) -> None:
    """Note that the control of these places has to be told anew."""
    insert_new(connection, pending, [{"kind": "place", "what": id} for id in sorted(set(ids))])


def places_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Place]:
    """The places of the record with these ids, by id."""
    statement = select(places).where(places.c.id.in_(bindparam("ids", expanding=True)))
    return {
        row.id: _place(row)
        for some in chunks(sorted(set(ids)), _CHUNK)
        for row in connection.execute(statement, {"ids": list(some)})
    }


def places_beside(connection: Connection, around: Iterable[Place]) -> list[Place]:
    """Settlements, quarters, areas and governorates of the record in the governorates of these places, with those that
    have no governorate in their countries, by id."""
    pairs = sorted({(place.country or "", place.governorate or "") for place in around})
    statement = select(places).where(
        places.c.country == bindparam("country"),
        places.c.level.in_(("settlement", "neighbourhood", "area", "governorate", "site")),
        (places.c.governorate == bindparam("governorate"))
        | (places.c.governorate.is_(None) & places.c.pcode.is_not(None)),
    )
    found: dict[str, Place] = {}
    for country, governorate in pairs:
        for row in connection.execute(statement, {"country": country, "governorate": governorate}):
            found.setdefault(row.id, _place(row))
    return [found[id] for id in sorted(found)]


def _place(row: Any) -> Place:
    return Place(
        row.id,
        row.name_ar,
        row.name_en,
        row.lat,
        row.lon,
        row.level,
        1,
        None,
        row.country,
        row.governorate,
        row.pcode,
        row.pcode_level,
    )


def replace_control(
    connection: Connection,
    ids: Sequence[str],
    told: Iterable[tuple[Sequence[Interval], dict[str, Reference]]],
) -> int:
    """Put these intervals in the place of all that is stored of the places `ids`, which wait no longer; how many."""
    gone: BindParameter[Any] = bindparam("ids", expanding=True)
    for some in chunks(ids, _CHUNK):
        connection.execute(delete(control).where(control.c.place.in_(gone)), {"ids": list(some)})
        waited = (pending.c.kind == "place", pending.c.what.in_(gone))
        connection.execute(delete(pending).where(*waited), {"ids": list(some)})
    rows = [_row(interval, references) for intervals, references in told for interval in intervals]
    if rows:
        connection.execute(insert(control), rows)
    return len(rows)


def _row(interval: Interval, references: dict[str, Reference]) -> dict[str, object]:
    place = interval.place
    return {
        "place": place.id,
        "start": interval.start.isoformat(),
        "end": interval.end.isoformat() if interval.end else None,
        "status": interval.status,
        "camps": "|".join(dict.fromkeys(holder.actor.camp for holder in interval.holders)),
        "country": place.country,
        "governorate": place.governorate,
        "lat": place.lat,
        "lon": place.lon,
        "json": orjson.dumps(interval_json(interval, references)).decode(),
    }
