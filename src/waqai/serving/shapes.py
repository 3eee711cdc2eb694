"""The forms of the answers, for the API's own page and for the types of the pages. Answers are written without them."""

from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

T = TypeVar("T")
Day = str
Stance = Literal["asserts", "denies", "doubts"]
Modality = Literal["happened", "attempted", "planned", "denied"]
Status = Literal["held", "divided", "contested", "besieged", "unknown"]


class Shape(BaseModel):
    """What all forms share: nothing stands in them that is not said here."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Error(Shape):
    """What is wrong with a question, in one sentence."""

    error: str = Field(examples=["the record has no place called 'Atlantis'; near are: ..."])


ERRORS: dict[int | str, dict[str, Any]] = {
    422: {"model": Error, "description": "the question cannot be asked so"},
    404: {"model": Error, "description": "the record does not hold it"},
    413: {"model": Error, "description": "the question or its body is too large"},
    503: {"model": Error, "description": "the record cannot be read now, or the question took too long"},
}


class Rows(Shape, Generic[T]):
    """A page of a list; `after` leads to the next one."""

    rows: list[T]
    after: str | None = Field(examples=["WyIyMDE1LTEwLTMxIiwiM2ZhOSJd"])


def _such(**example: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class Actor(Shape):
    """A party to the conflict."""

    model_config = _such(
        id="syrian-army", name_en="Syrian Arab Army", name_ar="الجيش العربي السوري", camp="regime", kind="state forces"
    )

    id: str
    name_en: str
    name_ar: str
    camp: str
    kind: str


class Source(Shape):
    """Who is quoted."""

    model_config = _such(name_en="Civil Defence", name_ar="الدفاع المدني", kind="official")

    name_en: str
    name_ar: str
    kind: str


class Words(Shape):
    """Words of the article: code points `start` (in) to `end` (out) of its text, or of its title."""

    text: str | None
    start: int | None
    end: int | None
    in_: Literal["title"] | None = Field(None, alias="in")


class Place(Shape):
    """A place; `precision` is UCDP's where_prec (1 exact to 7)."""

    model_config = _such(
        id="wof:1343250055", name_ar="مهين", name_en="Mahin", lat=34.25, lon=37.06, level="settlement", precision=1,
        relation=None, country="SY", governorate="Homs", pcode="SY040107", pcode_level=3,
    )  # fmt: skip

    id: str
    name_ar: str
    name_en: str
    lat: float | None
    lon: float | None
    level: str
    precision: int
    relation: str | None
    country: str | None
    governorate: str | None
    pcode: str | None
    pcode_level: int | None


class DateRange(Shape):
    """A day or a span of days; `precision` is UCDP's date_prec."""

    model_config = _such(start="2015-10-31", end="2015-10-31", precision=1, basis="stated", time="evening")

    start: Day | None
    end: Day | None
    precision: int
    basis: Literal["stated", "relative", "published"]
    time: str | None = None


class Toll(Shape):
    """A number as all tell it: `high` is null when somebody says "at least", `best` when no number leads."""

    model_config = _such(low=58, best=72, high=None)

    low: int
    best: int | None
    high: int | None


class TollOf(Shape):
    """A number as one tells it."""

    outcome: Literal["killed", "injured"]
    who: Literal["combatants", "civilians", "unknown"]
    side: str | None
    low: int
    high: int | None


class Version(Shape, Generic[T]):
    """One value of a field, the reports (ids) that give it, and the voices (keys) they rest on."""

    value: T
    reports: list[str]
    voices: list[str]


class Voice(Shape):
    """An independent source; `counts_as` is the voice that it may be the same as."""

    key: str
    source: Source
    side: str | None
    stance: list[Stance]
    counts_as: str | None
    reports: list[str]


class Grade(Shape):
    """A grade of harm to civilians; a suggestion until a person sets it."""

    model_config = _such(
        grade="fair", suggested=True, reason="2 independent credible voices report harm to civilians", person=None
    )

    grade: Literal["confirmed", "fair", "weak", "contested", "discounted"]
    suggested: bool
    reason: str
    person: str | None


class Merge(Shape):
    """Why two reports are held for one happening."""

    report: str
    joined: str
    score: float
    reasons: list[str]


class ReportRef(Shape):
    """A report of an incident, and where it stands."""

    model_config = _such(
        id="52ee825379b7ea81cda3",
        doc_id="sample-014",
        article_key="b5e9…",
        outlet="وكالة أفق المدى",
        published="2017-04-04",
    )

    id: str
    doc_id: str
    article_key: str
    outlet: str | None
    published: Day | None


class Plover(Shape):
    """PLOVER's type and mode."""

    type: str
    mode: str | None


class Target(Shape):
    """What was hit."""

    kind: str | None
    text: str | None = None


class IncidentBase(Shape):
    """One happening, as all reports of it tell it. The plural fields hold every version of the field before them."""

    schema_: int = Field(alias="schema")
    id: str
    event_type: str
    sub_event_type: str
    sub_event_types: list[Version[str]]
    plover: Plover
    modality: Modality
    modalities: list[Version[Modality]]
    disputed: bool
    background: bool
    actor1: list[Actor]
    actors1: list[Version[list[Actor]]]
    actor2: list[Actor]
    actors2: list[Version[list[Actor]]]
    target: Target | None
    targets: list[Version[str]]
    place: Place | None
    places: list[Version[Place]]
    date: DateRange | None
    dates: list[Version[DateRange]]
    killed: Toll | None
    injured: Toll | None
    civilians_killed: Toll | None
    tolls: list[Version[TollOf]]
    weapon: str | None
    weapons: list[Version[str]]
    blamed: list[Version[Actor]]
    denials: list[str]
    grade: Grade | None
    voices: list[Voice]
    independent_voices: int
    merges: list[Merge]


class Incident(IncidentBase):
    """An incident as lists hold it."""

    reports: list[ReportRef]


class NamedActor(Actor, Words):
    """An actor with the words that name it."""


class NamedSource(Source, Words):
    """A source with its words."""


class NamedPlace(Place, Words):
    """A place with its words."""


class Casualties(TollOf, Words):
    """A toll with its words; `claim` is the number of the claim it rests on."""

    claim: int


class Claim(Shape):
    """Who says so: the chain from the source that the outlet names to the one furthest back."""

    chain: list[NamedSource]
    stance: Stance
    blames: list[NamedActor]


class Coder(Shape):
    """Which coder made the report."""

    name: str
    version: str
    knowledge: str
    rules: list[str]


class ReportAlone(Shape):
    """One event as one article tells it."""

    schema_: int = Field(alias="schema")
    id: str
    doc_id: str
    article_key: str
    text_sha256: str
    event_type: str
    sub_event_type: str
    plover: Plover
    modality: Modality
    background: bool
    actor1: list[NamedActor]
    actor2: list[NamedActor]
    target: Target | None
    place: NamedPlace | None
    date: DateRange | None
    casualties: list[Casualties]
    killed: tuple[int, int | None] | None
    injured: tuple[int, int | None] | None
    claims: list[Claim]
    attributed_to: list[NamedSource]
    weapon: str | None
    evidence: Words
    coder: Coder
    confidence: float


class ReportRow(ReportAlone):
    """A report with its incident (null while it waits to be merged) and its article."""

    incident: str | None
    title: str
    outlet: str | None
    url: str | None
    published: Day | None
    synthetic: bool


class Report(ReportRow):
    """A report; `superseded` is the day from which a newer version of its article was known."""

    superseded: Day | None


class WholeRef(ReportRef):
    """A report of an incident with its article, and whole."""

    title: str | None = None
    url: str | None = None
    synthetic: bool | None = None
    report: ReportAlone | None


class Bound(Shape):
    """What a decision is about."""

    model_config = ConfigDict(extra="allow")


class Decided(Shape):
    """An entry of the journal of decisions."""

    number: int
    at: str
    person: str
    action: str
    bounds: list[Bound]
    field: str | None
    value: Any
    undoes: int | None


class IncidentPage(IncidentBase):
    """An incident whole."""

    reports: list[WholeRef]
    decisions: list[Decided]


class Ranged(Shape):
    """A range in code points (`start`, `end`) and in code units of UTF-16, as browsers count (`start16`, `end16`)."""

    model_config = _such(start=98, end=105, start16=99, end16=106)

    start: int
    end: int
    start16: int
    end16: int


class WhyWords(Ranged):
    """The words that a field rests on."""

    in_: Literal["title", "text"] = Field(alias="in")
    text: str


class WhyField(Shape):
    """The reason of one field: the rule, its words, what else was considered."""

    field: str
    rule: str
    words: WhyWords | None
    considered: list[str]


class WhyCoder(Shape):
    """The coder that made the stored report."""

    name: str
    version: str


class Why(Shape):
    """Why a report says what it says."""

    id: str
    article_key: str
    coder: WhyCoder
    fields: list[WhyField]
    note: str | None


IncidentRows = Rows[Incident]
ReportRows = Rows[ReportRow]


class PointProperties(Shape):
    """An incident as the map draws it."""

    model_config = _such(
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

    model_config = _such(value="wof:421197935", label="Palmyra", label_ar="تدمر", number=11)

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


class ArticleRow(Shape):
    """An article as lists hold it."""

    key: str
    doc_id: str
    title: str
    outlet: str | None
    url: str | None
    published: Day | None
    language: str | None
    copy_of: str | None
    copies: int
    reports: int
    synthetic: bool


class Copy(Shape):
    """Another article that tells the same words."""

    key: str
    doc_id: str
    outlet: str | None
    url: str | None
    published: Day | None


class ArticleMention(Ranged):
    """A name, date or number of the article; `value` is what it means, by its kind."""

    kind: Literal["actor", "place", "person", "date", "number", "weapon", "source"]
    text: str
    value: dict[str, Any]
    in_: Literal["title", "text"] = Field(alias="in")


class ArticleReport(Shape):
    """A report (see /reports) whose offsets stand also as `start16` and `end16`."""

    model_config = ConfigDict(extra="allow")

    id: str
    incident: str | None


class ArticlePage(Shape):
    """An article whole. `start` and `end` count code points of `text` (or `title`), `start16` and `end16` code units of
    UTF-16. `withheld` says why there is no text."""

    key: str
    doc_id: str
    title: str
    text: str | None
    withheld: str | None
    outlet: str | None
    url: str | None
    published: Day | None
    language: str | None
    known: Day
    newer: str | None
    synthetic: bool
    copy_of: str | None
    copies: list[Copy]
    text_sha256: str
    furniture: list[Ranged]
    mentions: list[ArticleMention]
    reports: list[ArticleReport]
    note: str | None


class Named(Shape):
    """What the record names, with the reports and incidents that name it and the days from the first to the last."""

    id: str
    name_ar: str
    name_en: str
    reports: int
    incidents: int
    first: Day | None
    last: Day | None


class PlaceRow(Named):
    """A place of the record."""

    level: str
    country: str | None
    governorate: str | None
    pcode: str | None
    lat: float | None
    lon: float | None


class ActorRow(Named):
    """An actor of the record."""

    camp: str
    kind: str


class SourceRow(Named):
    """A source of the record."""

    kind: str
    denies: int


class OutletRow(Shape):
    """An outlet of the record."""

    id: str
    name: str
    articles: int
    copies: int
    first: Day | None
    last: Day | None


class NamedRows(Rows[T], Generic[T]):
    """A page of names; `total` is how many there are."""

    total: int


ArticleRows = Rows[ArticleRow]
PlaceRows = NamedRows[PlaceRow]
ActorRows = NamedRows[ActorRow]
SourceRows = NamedRows[SourceRow]
OutletRows = NamedRows[OutletRow]


class Piece(Shape):
    """Words around matches: where they begin in the text, and the matches within them."""

    text: str
    start: int
    marks: list[Ranged]


class Hit(Shape):
    """An article that was found: the best first. Marks are ranges of the title, and of the text of each piece."""

    rank: int
    doc_id: str
    article_key: str
    title: str
    title_marks: list[Ranged]
    pieces: list[Piece]
    matches: int
    outlet: str | None
    published: Day | None
    url: str | None
    copy_of: str | None
    synthetic: bool


Hits = Rows[Hit]


class WhoAsks(Shape):
    """Who is asking."""

    name: str | None
    role: Literal["viewer", "reviewer", "admin"]


class RecordPage(Shape):
    """What the record is."""

    name: str
    counts: dict[str, int]
    first: Day | None
    last: Day | None
    synthetic: bool
    waiting: bool
    read_only: bool
    public: bool
    held_back_after: Day | None
    asking: WhoAsks
    versions: dict[str, str]
    codebook: dict[str, Any]
