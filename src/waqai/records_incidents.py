"""The JSON form of incidents, there and back: plain fields as in reports, and beside each every version with who gives it."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from waqai.knowledge.codebook import Codebook
from waqai.model.incident import Grading, Incident, Merge, ReportRef, Toll, TollOf, Version, Voice
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.records import SCHEMA, Json, value_json

V = TypeVar("V")


def incident_json(incident: Incident, codebook: Codebook) -> Json:
    """The JSON form of an incident; KeyError when its sub-event type is not in the codebook.

    `killed`, `injured` and `civilians_killed` hold low, best and high; `grade` says by `suggested` that no person set it.
    The plural fields list versions: `value`, the `reports` (ids) and the `voices` (keys) that give it. A voice lists each
    `stance` it takes, and by `counts_as` the voice that it is not independent of.
    """
    plover = codebook.plover(incident.sub_event_type, incident.weapon)
    return {
        "schema": SCHEMA,
        "id": incident.id,
        "event_type": codebook.event_type(incident.sub_event_type),
        "sub_event_type": incident.sub_event_type,
        "sub_event_types": _versions(incident.sub_event_types, _same),
        "plover": {"type": plover.type, "mode": plover.mode},
        "modality": incident.modality,
        "modalities": _versions(incident.modalities, _same),
        "disputed": incident.disputed,
        "background": incident.background,
        "actor1": _actors(incident.actor1),
        "actors1": _versions(incident.actors1, _actors),
        "actor2": _actors(incident.actor2),
        "actors2": _versions(incident.actors2, _actors),
        "target": {"kind": incident.target} if incident.target else None,
        "targets": _versions(incident.targets, _same),
        "place": value_json(incident.place) if incident.place else None,
        "places": _versions(incident.places, value_json),
        "date": _date(incident.date) if incident.date else None,
        "dates": _versions(incident.dates, _date),
        "killed": _toll(incident.killed),
        "injured": _toll(incident.injured),
        "civilians_killed": _toll(incident.civilians_killed),
        "tolls": _versions(incident.tolls, _toll_of),
        "weapon": incident.weapon,
        "weapons": _versions(incident.weapons, _same),
        "blamed": _versions(incident.blamed, value_json),
        "denials": list(incident.denials),
        "grade": _grade(incident.grading),
        "voices": [_voice(voice) for voice in incident.voices],
        "independent_voices": incident.independent,
        "merges": [_merge(merge) for merge in incident.merges],
        "reports": [_report(report) for report in incident.reports],
    }


def incident_from(record: Json) -> Incident:
    """The incident behind its JSON form, the inverse of `incident_json` as far as that form goes.

    It does not hold how sure a place is and whether an actor is generic. Raises KeyError, TypeError or ValueError when it is
    no such form.
    """
    target, place, date = record["target"], record["place"], record["date"]
    return Incident(
        id=record["id"],
        sub_event_type=record["sub_event_type"],
        sub_event_types=_versions_from(record["sub_event_types"], _same),
        modality=record["modality"],
        modalities=_versions_from(record["modalities"], _same),
        disputed=record["disputed"],
        background=record["background"],
        actor1=_actors_from(record["actor1"]),
        actors1=_versions_from(record["actors1"], _actors_from),
        actor2=_actors_from(record["actor2"]),
        actors2=_versions_from(record["actors2"], _actors_from),
        target=target["kind"] if target else None,
        targets=_versions_from(record["targets"], _same),
        weapon=record["weapon"],
        weapons=_versions_from(record["weapons"], _same),
        place=_place_from(place) if place else None,
        places=_versions_from(record["places"], _place_from),
        date=_date_from(date) if date else None,
        dates=_versions_from(record["dates"], _date_from),
        killed=_toll_from(record["killed"]),
        injured=_toll_from(record["injured"]),
        civilians_killed=_toll_from(record["civilians_killed"]),
        tolls=_versions_from(record["tolls"], _toll_of_from),
        blamed=_versions_from(record["blamed"], _actor_from),
        denials=tuple(record["denials"]),
        voices=tuple(map(_voice_from, record["voices"])),
        grading=_grade_from(record["grade"]),
        merges=tuple(map(_merge_from, record["merges"])),
        reports=tuple(map(_report_from, record["reports"])),
    )


def _same(value: Any) -> Any:
    return value


def _versions(versions: Iterable[Version[V]], form: Callable[[V], Any]) -> list[Json]:
    return [{"value": form(v.value), "reports": list(v.reports), "voices": list(v.voices)} for v in versions]


def _versions_from(records: Iterable[Json], value: Callable[[Any], V]) -> tuple[Version[V], ...]:
    return tuple(Version(value(r["value"]), tuple(r["reports"]), tuple(r["voices"])) for r in records)


def _actors(actors: Iterable[Actor]) -> list[Json]:
    return [value_json(actor) for actor in actors]


def _actor_from(record: Json) -> Actor:
    return Actor(record["id"], record["name_en"], record["name_ar"], record["camp"], record["kind"])


def _actors_from(records: Iterable[Json]) -> tuple[Actor, ...]:
    return tuple(map(_actor_from, records))


def _place_from(record: Json) -> Place:
    names = (
        *("id", "name_ar", "name_en", "lat", "lon", "level", "precision", "relation", "country", "governorate"),
        *("pcode", "pcode_level"),
    )
    return Place(*(record[name] for name in names))


def _date(date: DateRange) -> Json:
    return value_json(date) | {"time": date.time}


def _date_from(record: Json) -> DateRange:
    return DateRange(_day(record["start"]), _day(record["end"]), record["precision"], record["basis"], record["time"])


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _toll(toll: Toll | None) -> Json | None:
    return {"low": toll.low, "best": toll.best, "high": toll.high} if toll else None


def _toll_from(record: Json | None) -> Toll | None:
    return Toll(record["low"], record["best"], record["high"]) if record else None


def _toll_of(toll: TollOf) -> Json:
    return {"outcome": toll.outcome, "who": toll.who, "side": toll.side, "low": toll.low, "high": toll.high}


def _toll_of_from(record: Json) -> TollOf:
    return TollOf(record["outcome"], record["who"], record["side"], record["low"], record["high"])


def _grade(grading: Grading | None) -> Json | None:
    if grading is None:
        return None
    return {
        "grade": grading.grade,
        "suggested": grading.person is None,
        "reason": grading.reason,
        "person": grading.person,
    }


def _grade_from(record: Json | None) -> Grading | None:
    return Grading(record["grade"], record["reason"], record["person"]) if record else None


def _voice(voice: Voice) -> Json:
    return {
        "key": voice.key,
        "source": value_json(voice.source),
        "side": voice.side,
        "stance": list(voice.stance),
        "counts_as": voice.counts_as,
        "reports": list(voice.reports),
    }


def _voice_from(record: Json) -> Voice:
    source = Source(record["source"]["name_en"], record["source"]["name_ar"], record["source"]["kind"])
    stance, reports = tuple(record["stance"]), tuple(record["reports"])
    return Voice(record["key"], source, record["side"], reports, stance, record["counts_as"])


def _merge(merge: Merge) -> Json:
    return {"report": merge.report, "joined": merge.joined, "score": merge.score, "reasons": list(merge.reasons)}


def _merge_from(record: Json) -> Merge:
    return Merge(record["report"], record["joined"], record["score"], tuple(record["reasons"]))


def _report(report: ReportRef) -> Json:
    return {
        "id": report.id,
        "doc_id": report.doc_id,
        "article_key": report.article_key,
        "outlet": report.outlet,
        "published": report.published.isoformat() if report.published else None,
    }


def _report_from(record: Json) -> ReportRef:
    return ReportRef(record["id"], record["doc_id"], record["article_key"], record["outlet"], _day(record["published"]))
