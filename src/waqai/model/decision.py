"""Decisions: what a person said of a report, an incident or an article. They are only ever added; the latest that is not
undone holds."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Action = Literal["accept", "reject", "unsure", "edit", "merge", "split", "grade", "add", "whole", "undo"]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a decision is about, in terms that survive coding again: words `start` to `end` of an article's part, the family
    of the event's type, and its place. `report` is the id that the report had then: where it still has it, no other is meant."""

    article_key: str
    part: str
    start: int
    end: int
    family: str
    place_id: str | None
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the journal. `bounds` are one for a report; for merging and splitting the first is joined with, or kept
    apart from, each of the others. `field` and `value` (JSON) say what an edit or a grade sets, and `value` of which random
    sample a verdict is; `undoes` is the number of the entry that an undo takes back. `add` tells an event that no report tells
    (its words are the bound, its fields the value), `whole` that nothing is missing in an article: both are for measuring.
    """

    number: int
    at: dt.datetime
    person: str
    action: Action
    bounds: tuple[Bound, ...]
    field: str | None = None
    value: str | None = None
    undoes: int | None = None
