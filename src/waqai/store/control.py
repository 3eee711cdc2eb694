"""Who held which place when, as it was derived; and the places whose control has to be told anew."""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from waqai.model.control import Interval
from waqai.model.mention import Place
from waqai.records import Json
from waqai.records_control import Reference, brief_json, interval_json
from waqai.store.schema import control, control_brief, pending, places
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
        for table in (control, control_brief):
            connection.execute(delete(table).where(table.c.place.in_(gone)), {"ids": list(some)})
        waited = (pending.c.kind == "place", pending.c.what.in_(gone))
        connection.execute(delete(pending).where(*waited), {"ids": list(some)})
    found = [(one, interval_json(one, references)) for intervals, references in told for one in intervals]
    if found:
        rows = [_row(interval, record) for interval, record in found]
        connection.execute(insert(control), rows)
        short = [{"place": i.place.id, "start": i.start.isoformat(), "json": _brief(record)} for i, record in found]
        connection.execute(insert(control_brief), short)
    return len(found)


def brief_missing(connection: Connection) -> int:
    """Write the short form of every interval that has none, in a record of an older version; how many."""
    same = (control_brief.c.place == control.c.place) & (control_brief.c.start == control.c.start)
    bare = select(control.c.place, control.c.start, control.c.json).outerjoin(control_brief, same)
    bare = bare.where(control_brief.c.place.is_(None)).limit(_CHUNK)
    written = 0
    while rows := connection.execute(bare).all():
        short = [{"place": r.place, "start": r.start, "json": _brief(orjson.loads(r.json))} for r in rows]
        connection.execute(insert(control_brief), short)
        written += len(rows)
    return written


def _brief(record: Json) -> str:
    return orjson.dumps(brief_json(record)).decode()


def _row(interval: Interval, record: Json) -> dict[str, object]:
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
        "json": orjson.dumps(record).decode(),
    }
