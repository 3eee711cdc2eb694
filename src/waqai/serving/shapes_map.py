"""The forms of what is drawn and counted: points, bars, facets, tables, control."""

from typing import Literal

from pydantic import Field

from waqai.serving.shapes import Actor, Day, Modality, Place, Shape, Status, Toll, such


class PointProperties(Shape):
    """An incident as the map draws it."""

    model_config = such(
        id="52ee825379b7ea81cda3", type="Air/drone strike", start="2017-04-04", end="2017-04-04",
        killed={"low": 58, "best": 72, "high": None}, voices=3, grade="fair", disputed=False, modality="happened",
        background=False, precision=1,
    )  # fmt: skip

    id: str
    type: str
    start: Day | None
    end: Day | None
    killed: Toll | None
    voices: int
    grade: str | None
    disputed: bool
    modality: Modality
    background: bool
    precision: int | None


class PointGeometry(Shape):
    """Longitude and latitude."""

    type: Literal["Point"]
    coordinates: tuple[float, float]


class PointFeature(Shape):
    """An incident as a feature of GeoJSON."""

    type: Literal["Feature"]
    geometry: PointGeometry
    properties: PointProperties


class Points(Shape):
    """Incidents as GeoJSON; `more` says that there are others."""

    type: Literal["FeatureCollection"]
    features: list[PointFeature]
    more: bool
    unplaced: list[tuple[str | None, str | None]]


class Bar(Shape):
    """A bar: incidents that begin in the period, those of them that may lie in a later one (`across`), articles, outlets."""

    period: str
    from_: Day = Field(alias="from")
    to: Day
    incidents: int
    across: int
    killed: int
    articles: int
    outlets: int


class Histogram(Shape):
    """Bars that are not empty, in the order of time."""

    step: Literal["day", "week", "month", "year"]
    rows: list[Bar]


class FacetValue(Shape):
    """A value (null: not known), its English and Arabic name, and how many have it."""

    model_config = such(value="wof:421197935", label="Palmyra", label_ar="تدمر", number=11)

    value: str | None
    label: str
    label_ar: str | None
    number: int


class Facet(Shape):
    """The commonest values of a field; `more` says that there are others."""

    name: str
    values: list[FacetValue]
    more: bool


class Facets(Shape):
    """All facets asked for."""

    facets: list[Facet]


class Sum(Shape):
    """Tolls added up; `open` counts those without an upper end."""

    low: int
    best: int
    high: int
    open: int


class StatsRow(Shape):
    """The counts under one value of each dimension."""

    keys: list[str | None]
    events: int
    across: int
    killed: Sum
    injured: Sum
    articles: int | None
    outlets: int | None


class StatsTable(Shape):
    """A table of counts; `labels` names the ids among the keys."""

    by: list[str]
    of: Literal["incidents", "reports"]
    modality: list[Modality]
    background: bool | None
    labels: dict[str, str]
    rows: list[StatsRow]


class Holder(Shape):
    """Who holds the place, or a part of it."""

    actor: Actor
    part: str | None


class Reference(Shape):
    """A report, or a statement made in passing, that an interval rests on."""

    id: str
    kind: Literal["report", "statement"] | None = None
    doc_id: str | None = None
    outlet: str | None = None
    published: Day | None = None


class Evidence(Reference):
    """A reference with the words it points at."""

    article_key: str | None = None
    text: str | None = None
    in_: Literal["title", "text"] | None = Field(None, alias="in")
    start: int | None = None
    end: int | None = None


class Interval(Shape):
    """Who held a place from `from` (in) to `to` (out; null while nothing ends it), and the rule that says so."""

    schema_: int = Field(alias="schema")
    place: Place
    status: Status
    holders: list[Holder]
    from_: Day = Field(alias="from")
    to: Day | None
    rule: str
    reports: list[Reference]
    against: list[Reference]


class IntervalWhole(Interval):
    """An interval with the words of its evidence."""

    reports: list[Evidence]  # type: ignore[assignment]
    against: list[Evidence]  # type: ignore[assignment]


class PlaceControl(Shape):
    """All intervals of one place, by day."""

    place: Place | None
    rows: list[IntervalWhole]


class IntervalPoint(Interval):
    """An interval on the map: the first references, and how many there are."""

    reports_total: int
    against_total: int


class ControlFeature(Shape):
    """An interval as a feature of GeoJSON."""

    type: Literal["Feature"]
    id: str
    geometry: PointGeometry | None
    properties: IntervalPoint


class ControlPoints(Shape):
    """Intervals as GeoJSON."""

    type: Literal["FeatureCollection"]
    features: list[ControlFeature]
