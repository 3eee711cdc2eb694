"""Gold: reviewed articles in the form of the annotation guide, so that what persons corrected measures the coder."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from waqai.records import Json

_SAFE = re.compile(r"[A-Za-z0-9][\w.-]{0,99}")
_NOBODY = ("unknown", "")
_UNNAMED = ("unspecified", "unidentified", "unknown")
Edits = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReviewedArticle:
    """An article whose reports are all judged: the accepted ones as corrected and the events that were added, both as JSON in the
    form of reports; who judged it, and whether somebody said that nothing is missing."""

    key: str
    doc_id: str
    published: str | None
    published_from: str | None
    events: tuple[Json, ...]
    persons: tuple[str, ...]
    whole: bool


def corrected(record: Json, edits: Edits) -> Json:
    """The JSON of a report with what persons corrected, later corrections over earlier ones.

    What rests on a corrected field follows it: a chain of sources is the only claim that asserts, a toll the only count.
    """
    found = dict(record)
    for name, json in edits:
        given = orjson.loads(json)
        whole = isinstance(given, dict) and "value" in given
        value, span = (given["value"], given.get("span")) if whole else (given, None)
        found |= _corrected(found, name, value, _words(span))
    return found


def event_of(value: Mapping[str, Any], span: Mapping[str, Any]) -> Json:
    """The JSON of an event that a person added, in the form of a report as far as gold needs it."""
    names = ("sub_event_type", "modality", "background", "actor1", "actor2", "place", "date", "killed", "injured")
    return {name: value[name] for name in names} | {"attributed_to": value["attributed_to"], "evidence": _words(span)}


def _words(span: Mapping[str, Any] | None) -> Json:
    if span is None:
        return {"text": None, "start": None, "end": None}
    found: Json = {"text": span["text"], "start": span["start"], "end": span["end"]}
    return found | {"in": "title"} if span["in"] == "title" else found


def _corrected(record: Json, name: str, value: Any, words: Json) -> Json:
    """The fields that a correction sets."""
    if name == "evidence":
        return {"evidence": words}
    if name == "place":
        return {"place": None if value is None else _without(value, "sure") | words}
    if name in ("actor1", "actor2"):
        return {name: [_without(actor, "generic") | words for actor in value]}
    if name == "target":
        return {"target": None if value is None else {"kind": value, "text": words["text"]}}
    if name in ("killed", "injured"):
        kept = [toll for toll in record.get("casualties", ()) if toll["outcome"] != name]
        return {name: value, "casualties": kept}
    if name == "attributed_to":
        sources = [source | words for source in value]
        others = [claim for claim in record.get("claims", ()) if claim["stance"] != "asserts"]
        return {name: sources, "claims": [{"chain": sources, "stance": "asserts", "blames": []}, *others]}
    return {name: value}


def _without(value: Mapping[str, Any], name: str) -> Json:
    return {key: held for key, held in value.items() if key != name}


def gold_json(article: ReviewedArticle, countries: Mapping[str, str]) -> Json:
    """The gold document of an article, its events in the order of the text; `countries` are names by code.

    `reviewed` says by whom, and whether somebody said that nothing is missing: without that, what the coder missed is not known,
    and recall means little.
    """
    ordered = sorted(article.events, key=_place_of)
    return {
        "doc_id": article.doc_id,
        "published": article.published,
        "published_from": _basis(article),
        "events": [{"id": f"e{number}", **_event(event, countries)} for number, event in enumerate(ordered, 1)],
        "reviewed": {"persons": list(article.persons), "nothing_missing": article.whole, "article_key": article.key},
    }


def _place_of(event: Json) -> tuple[bool, int, int, str]:
    words = event["evidence"]
    return words.get("in") != "title", words["start"] or 0, words["end"] or 0, event["sub_event_type"]


def _basis(article: ReviewedArticle) -> str:
    if article.published is None:
        return "none"
    return "text" if article.published_from == "text" else "metadata"


def _event(event: Json, countries: Mapping[str, str]) -> Json:
    place, date = event["place"], event["date"]
    return {
        "sub_event_type": event["sub_event_type"],
        "modality": event["modality"],
        "background": event["background"],
        "actor1": _parties(event["actor1"]),
        "actor2": _parties(event["actor2"]),
        "place": _place(place, countries) if place else None,
        "date": {"start": date["start"], "end": date["end"]} if date else None,
        "killed": event["killed"],
        "injured": event["injured"],
        "attributed_to": list(dict.fromkeys(map(_source, event["attributed_to"]))),
        "evidence": event["evidence"]["text"] or "",
    }


def _parties(actors: Iterable[Json]) -> list[str]:
    """Camps, as the guide spells them; a party of no camp by its name."""
    names = (actor["camp"] if actor["camp"] not in _NOBODY else _named(actor) for actor in actors)
    return list(dict.fromkeys(names))


def _named(actor: Json) -> str:
    name = str(actor["name_en"] or actor["name_ar"]).lower()
    return "unknown" if any(word in name for word in _UNNAMED) else name


def _source(source: Json) -> str:
    return str(source["name_en"] or source["name_ar"]).lower()


def _place(place: Json, countries: Mapping[str, str]) -> Json:
    country = place["country"]
    lat, lon = (None if place[name] is None else round(place[name], 2) for name in ("lat", "lon"))
    return {
        "name": place["name_ar"] or place["name_en"],
        "level": place["level"],
        "lat": lat,
        "lon": lon,
        "governorate": place["governorate"] if country in ("SY", None) else countries.get(country, country),
    }


def file_name(article: ReviewedArticle) -> str:
    """The name of an article's gold file: its label, or, where that is no name for a file, the beginning of its key.

    >>> file_name(ReviewedArticle("k" * 64, "../x", None, None, (), (), True))
    'article-kkkkkkkkkkkkkkkk.json'
    """
    safe = _SAFE.fullmatch(article.doc_id) and article.doc_id.isascii()
    return f"{article.doc_id if safe else f'article-{article.key[:16]}'}.json"
