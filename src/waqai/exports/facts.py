"""What an export is made from: incidents and reports, with the facts of the articles they stand in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from waqai.model.incident import Incident
from waqai.model.report import Report

Form = Literal["acled", "ucdp", "plover", "gdelt", "geojson", "parquet", "csv"]
Level = Literal["incidents", "reports"]
Kept = Literal["planned", "denied", "background"]
FORMS: tuple[Form, ...] = get_args(Form)
KEPT: tuple[Kept, ...] = get_args(Kept)


class ExportError(Exception):
    """The export cannot be made as asked; one sentence a user can act on."""


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """An article as an export cites it. `stored` is when the record took it in (UTC), `length` its text in code points, `lead`
    the end of its first paragraph; 0 where the text was not looked at."""

    key: str
    doc_id: str
    title: str
    outlet: str | None
    url: str | None
    language: str | None
    published: dt.date | None
    stored: dt.datetime | None
    synthetic: bool
    length: int = 0
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An incident with its reports, earliest first, and the articles they stand in, by key."""

    incident: Incident
    reports: tuple[Report, ...]
    articles: Mapping[str, ArticleFacts]

    @property
    def cited(self) -> tuple[ArticleFacts, ...]:
        """The articles, each once, in the order of the reports."""
        keys = dict.fromkeys(ref.article_key for ref in self.incident.reports)
        return tuple(self.articles[key] for key in keys if key in self.articles)

    @property
    def synthetic(self) -> bool:
        """Whether one of its articles was made up."""
        return any(article.synthetic for article in self.cited)


@dataclass(frozen=True, slots=True)
class Telling:
    """A report with its article, and the id of the incident it belongs to (None while it waits to be clustered)."""

    report: Report
    article: ArticleFacts
    incident: str | None


Item = Happening | Telling


def export_id(id: str) -> str:
    """The id of an incident or report in other data sets' tables: never in the shape of one of theirs.

    >>> export_id("3fa9c2")
    'WQ-3fa9c2'
    """
    return f"WQ-{id}"


def left_out(item: Item, include: frozenset[Kept]) -> Kept | None:
    """Why an event table leaves this out: it is planned, denied or background, and `include` does not ask for it."""
    told = item.incident if isinstance(item, Happening) else item.report
    for kind in KEPT:
        holds = told.background if kind == "background" else told.modality == kind
        if holds and kind not in include:
            return kind
    return None
