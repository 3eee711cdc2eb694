"""What the review desk asks and answers: the parameters of its lists, the bodies of decisions, and the forms of answers."""

from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import parse_qs, urlencode

import orjson
from pydantic import BaseModel, ConfigDict, Field

from waqai.deriving.correcting import FieldKind, Words
from waqai.deriving.deciding import Decided, Wish
from waqai.model.decision import Decision
from waqai.queries.asking import PARAMETERS
from waqai.queries.errors import QueryError
from waqai.queries.review import Queued
from waqai.queries.review_figures import Agreement, Precision, Share
from waqai.queries.review_verdicts import Entry, Said, Verdicts
from waqai.sentences import NO_SAMPLE
from waqai.serving.params import PAGE, Conditions, Flat
from waqai.serving.shapes import ReportAlone, Shape

Action = Literal["accept", "reject", "unsure", "edit", "split", "merge", "grade", "add", "whole"]
Verdict = Literal["accept", "reject", "unsure"]
_LONG = 300
_PAGE, _FILE = 20, 1000  # reports of the queue


class Queueing(Conditions):
    """A page of the queue. Without `leave`, the random order leaves out what the asker has judged, the others what anybody has."""

    order: Literal["uncertain", "random", "newest", "outlet"] = "uncertain"
    leave: Literal["mine", "anyone", "nobody"] | None = Field(None, description="whose judged reports are left out")
    limit: int | None = Field(None, ge=1, le=100, description="reports of a page (default 20)")
    after: str | None = Field(None, max_length=1000, description="the cursor of the page before")
    format: Flat = Field("json", description="json: a page; jsonl, csv: a file of the first thousand, or of `limit`")

    @property
    def rows(self) -> int:
        """How many reports are answered with."""
        return self.limit or (_PAGE if self.format == "json" else _FILE)


class Journaling(BaseModel):
    """Which entries of the journal are asked for, the latest first."""

    model_config = ConfigDict(extra="forbid")

    person: str | None = Field(None, min_length=1, max_length=_LONG)
    action: Action | Literal["undo"] | None = None
    article: str | None = Field(None, min_length=1, max_length=64, description="the key of an article")
    report: str | None = Field(None, min_length=1, max_length=64, description="the id of a report")
    limit: int | None = Field(None, ge=1, le=500, description=f"entries of a page (default {PAGE})")
    after: str | None = Field(None, max_length=20, description="the cursor of the page before")
    format: Flat = Field("json", description="json: a page; jsonl, csv: a file of all entries, or of the first `limit`")

    @property
    def rows(self) -> int:
        """How many entries a page has."""
        return self.limit or PAGE


class Measuring(Conditions):
    """Of which reports the precision is asked."""

    format: Flat = Field("json", description="jsonl, csv: a file with a row for events, each type and each field")


class SpanBody(BaseModel):
    """Words of the article: from `start` (in) to `end` (out) of its text or title, in code points, or in code units of UTF-16 as
    browsers count (`unit`). With `text` it is checked that these words stand there."""

    model_config = ConfigDict(extra="forbid")

    in_: Literal["title", "text"] = Field("text", alias="in")
    start: int = Field(ge=0, le=2**31)
    end: int = Field(ge=1, le=2**31)
    text: str | None = Field(None, max_length=100_000)
    unit: Literal["code points", "utf-16"] = "code points"


class DecisionBody(BaseModel):
    """A decision on a report.

    `edit` corrects a field: its `value` in the form that `/fields` tells, its words as `span`; the field `evidence` has a span
    alone. `merge` and `split` name `others`, reports or incidents; a split without them parts the report from all others of its
    incident. `grade` has a grade as value, or {"grade", "reason"}. `sample` is what the queue gave, for a verdict in random order.
    `add` and `whole` are said of an `article`: an event that no report tells (its fields as value, its evidence as span), and
    that nothing is missing any more. They make gold of an article (`waqai export --to gold`) and change no incident.
    """

    model_config = ConfigDict(extra="forbid")

    action: Action
    report: str = Field("", max_length=64, description="the id of the report, or of its incident")
    article: str = Field("", max_length=64, description="the key of the article, for add and whole")
    others: list[str] = Field([], max_length=500)
    field: str | None = Field(None, max_length=40, examples=["killed"])
    value: Any = Field(None, examples=[[3, 3]])
    span: SpanBody | None = None
    sample: str | None = Field(None, max_length=2000)

    def wish(self) -> Wish:
        """The decision as `deriving` takes it."""
        span = self.span
        words = None if span is None else Words(span.in_, span.start, span.end, span.text, span.unit == "utf-16")
        return Wish(
            self.action, self.report, tuple(self.others), self.field, self.value, words, self.sample, self.article
        )


class SpanShape(Shape):
    """Words of the article, in code points."""

    in_: Literal["title", "text"] = Field(alias="in")
    start: int
    end: int
    text: str


class EditShape(Shape):
    """A correction of a field: the value, and its words where they were given."""

    value: Any
    span: SpanShape | None


class SaidShape(Shape):
    """What a person said of a report."""

    verdict: Verdict
    edits: dict[str, EditShape]


class DoubtShape(Shape):
    """A reason to doubt, its weight, and the fields it is about."""

    name: str
    weight: float
    fields: list[str]


class QueuedArticle(Shape):
    """The article that a report stands in."""

    key: str
    doc_id: str
    title: str
    outlet: str | None
    url: str | None
    published: str | None
    synthetic: bool


class QueuedShape(Shape):
    """A report to be looked at. `judged_by` counts the persons who have judged it; what others said is not shown before the asker
    has judged it (`mine`)."""

    report: ReportAlone
    incident: str | None
    article: QueuedArticle
    doubts: list[DoubtShape]
    uncertainty: float
    mine: SaidShape | None
    judged_by: int


class QueuePage(Shape):
    """A page of the queue. `sample` goes into the body of a verdict in random order; `considered` is how many reports, the first
    in random order, the most uncertain were found among (null: among all)."""

    rows: list[QueuedShape]
    after: str | None
    order: str
    seed: str
    sample: str | None
    considered: int | None


class DecisionShape(Shape):
    """An entry of the journal; `reports` are the ids that it means today (null: that report is no more)."""

    number: int
    at: str
    person: str
    action: str
    article_key: str | None
    reports: list[str | None]
    field: str | None
    value: Any
    span: SpanShape | None
    sample: str | None
    undoes: int | None
    undone_by: int | None


class DecisionRows(Shape):
    """A page of the journal."""

    rows: list[DecisionShape]
    after: str | None


class DecidedShape(Shape):
    """What a decision did: its entry, the incidents (ids) that are new or changed, those that are no more with the one they lead to
    (null: none), and the places whose control was told anew."""

    decision: DecisionShape
    changed: list[str]
    gone: dict[str, str | None]
    control: list[str]


class FieldShape(Shape):
    """How a field is corrected: kind of value, choices of a closed list (for a date the parts of a day, for sources their kinds),
    whether it may be empty."""

    name: str
    kind: Literal["choice", "yes_no", "place", "date", "actors", "toll", "sources", "words"]
    choices: list[str]
    empty: bool


class FieldRows(Shape):
    """All fields that can be corrected."""

    rows: list[FieldShape]


class Seeking(BaseModel):
    """What is looked for by its name."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(
        min_length=1, max_length=200, description="part of a name in Arabic or English", examples=["مهين"]
    )
    limit: int = Field(20, ge=1, le=100, description="rows at most")


class KnownShape(Shape):
    """What is known by name; `recorded` says whether the record names it too."""

    id: str
    name_ar: str
    name_en: str
    recorded: bool


class KnownPlace(KnownShape):
    """A place of the gazetteer."""

    level: str
    country: str | None
    governorate: str | None


class KnownActor(KnownShape):
    """A party of the knowledge files."""

    camp: str
    kind: str


class KnownPlaces(Shape):
    """Places, the likeliest meant first."""

    rows: list[KnownPlace]


class KnownActors(Shape):
    """Parties, those first that are called so."""

    rows: list[KnownActor]


class ShareShape(Shape):
    """A share with its Wilson interval at 95 per cent; null where nothing was judged."""

    right: int
    judged: int
    share: float | None
    low: float | None
    high: float | None


class PrecisionShape(Shape):
    """The coder's precision in the random sample of these conditions."""

    seed: str
    sample: str
    confidence: float
    events: ShareShape
    by_type: dict[str, ShareShape]
    fields: dict[str, ShareShape]
    unsure: int
    skipped: int


class TableCell(Shape):
    """How often one said this and the other that."""

    one: Verdict
    other: Verdict
    count: int


class AgreementShape(Shape):
    """How far two persons agree: raw, and Cohen's kappa (null: both said one and the same of all)."""

    one: str
    other: str
    both: int
    agreed: int
    raw: float
    kappa: float | None
    table: list[TableCell]


class AgreementRows(Shape):
    """Each pair of persons who have judged the same reports."""

    rows: list[AgreementShape]


def sample_of(query: Conditions) -> str:
    """The random sample that these conditions mean, as verdicts name it: "" for the whole record."""
    return _sample(query.asked())


def _sample(asked: Mapping[str, list[str]]) -> str:
    return urlencode(sorted((name, sorted(values)) for name, values in asked.items()), doseq=True)


def check_sample(sample: str | None) -> None:
    """Raise QueryError for what no queue in random order can have given."""
    if sample is None:
        return
    asked = parse_qs(sample, keep_blank_values=True)
    if set(asked) - set(PARAMETERS) or _sample(asked) != sample:
        raise QueryError(NO_SAMPLE(sample=sample[:60]))


def queued_json(one: Queued, said: Verdicts, person: str) -> dict[str, Any]:
    """A row of the queue."""
    mine = said.of(one.id, person)
    return {
        "report": one.report,
        "incident": one.incident,
        "article": one.article,
        "doubts": [{"name": d.name, "weight": d.weight, "fields": d.fields} for d in one.doubts],
        "uncertainty": one.uncertainty,
        "mine": _said(mine) if mine else None,
        "judged_by": len(said.by_report.get(one.id, {})),
    }


def _said(said: Said) -> dict[str, Any]:
    return {"verdict": said.verdict, "edits": {name: _edit(value) for name, value in said.edits.items()}}


def _edit(value: Any) -> dict[str, Any]:
    whole = isinstance(value, dict) and "value" in value
    return {"value": value["value"] if whole else value, "span": value.get("span") if whole else None}


def entry_json(entry: Entry) -> dict[str, Any]:
    """An entry of the journal."""
    one = entry.decision
    held = _value(one)
    return {
        "number": one.number, "at": one.at.isoformat(), "person": one.person, "action": one.action,
        "article_key": one.bounds[0].article_key if one.bounds else None, "reports": entry.reports, "field": one.field,
        **held, "undoes": one.undoes, "undone_by": entry.undone_by,
    }  # fmt: skip


def _value(decision: Decision) -> dict[str, Any]:
    """The value of an entry, its words and its sample, each by its own name."""
    value = orjson.loads(decision.value) if decision.value else None
    if decision.action in ("edit", "add"):
        return _edit(value) | {"sample": None}
    if decision.action == "grade":
        return {"value": value, "span": None, "sample": None}
    return {"value": None, "span": None, "sample": value.get("sample") if isinstance(value, dict) else None}


def decided_json(done: Decided, entry: Entry) -> dict[str, Any]:
    """What a decision did."""
    return {"decision": entry_json(entry), "changed": done.changed, "gone": dict(done.gone), "control": done.control}


def field_json(kind: FieldKind) -> dict[str, Any]:
    """How a field is corrected."""
    return {"name": kind.name, "kind": kind.kind, "choices": kind.choices, "empty": kind.empty}


def share_json(share: Share) -> dict[str, Any]:
    """A share with its interval."""
    return {name: getattr(share, name) for name in ShareShape.model_fields}


def precision_json(found: Precision, sample: str, confidence: float) -> dict[str, Any]:
    """The figures of a sample."""
    return {
        "seed": found.seed, "sample": sample, "confidence": confidence, "events": share_json(found.events),
        "by_type": {name: share_json(share) for name, share in found.by_type.items()},
        "fields": {name: share_json(share) for name, share in found.fields.items()},
        "unsure": found.unsure, "skipped": found.skipped,
    }  # fmt: skip


def agreement_json(found: Agreement) -> dict[str, Any]:
    """The agreement of a pair."""
    table = [{"one": one, "other": other, "count": count} for (one, other), count in sorted(found.table.items())]
    rest = {name: getattr(found, name) for name in ("one", "other", "both", "agreed", "raw", "kappa")}
    return rest | {"table": table}
