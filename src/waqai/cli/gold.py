"""What a gold file must hold before it is compared with anything."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from waqai.evaluation import RADIUS


def fault_of_gold(document: Any) -> str | None:
    """What keeps a gold document from being compared, in a few words; None when nothing does."""
    if not isinstance(document, dict):
        return "it is no JSON object"
    if not isinstance(document.get("doc_id"), str):
        return "its doc_id is not a string" if "doc_id" in document else "it has no doc_id"
    if not isinstance(document.get("events"), list):
        return "it has no list of events"
    for number, event in enumerate(document["events"], 1):
        fault = _fault_of_event(event)
        if fault:
            return f"event {number}: {fault}"
    return None


def _fault_of_event(event: Any) -> str | None:
    if not isinstance(event, dict):
        return "it is no JSON object"
    for name, fits in _GOLD_FIELDS.items():
        if name not in event:
            return f"it has no {name}"
        if not fits(event[name]):
            return f"its {name} is not as the guide says"
    return None


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _gold_toll(value: Any) -> bool:
    pair = isinstance(value, list) and len(value) == 2
    return value is None or (pair and all(item is None or _is_number(item) for item in value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _gold_place(value: Any) -> bool:
    if value is None:
        return True
    points = isinstance(value, dict) and [value[name] for name in ("lat", "lon") if value.get(name) is not None]
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and isinstance(value.get("level"), str)
        and value["level"] in RADIUS
        and all(map(_is_number, points or ()))
    )


def _gold_date(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(_is_day(value.get(name)) for name in ("start", "end")))


def _is_day(value: Any) -> bool:
    try:
        return bool(dt.date.fromisoformat(str(value)[:10]))
    except ValueError:
        return False


def _is_string(value: Any) -> bool:
    return isinstance(value, str)


_GOLD_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "sub_event_type": _is_string,
    "modality": _is_string,
    "background": lambda value: isinstance(value, bool),
    "actor1": _strings,
    "actor2": _strings,
    "place": _gold_place,
    "date": _gold_date,
    "killed": _gold_toll,
    "injured": _gold_toll,
    "attributed_to": _strings,
    "evidence": _is_string,
}
