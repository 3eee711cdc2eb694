"""The forms of incidents and reports, and what all forms share. Answers are written without them: they are for those who ask."""

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
    """What is wrong with a question, in one sentence, in English and in Arabic."""

    error: str = Field(examples=["the record has no place called 'Atlantis'"])
    error_ar: str = Field(examples=["ليس في السجل مكان باسم Atlantis"])


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


class CountedRows(Rows[T], Generic[T]):
    """A page of a list; `total` is how many rows there are in all, or at least that many where `total_more` says so."""

    total: int | None = Field(None, examples=[1234])
    total_more: bool | None = None


def such(**example: Any) -> ConfigDict:
    """The settings of a form with an example of it."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class Actor(Shape):
    """A party to the conflict."""

    model_config = such(
        id="syrian-army", name_en="Syrian Arab Army", name_ar="الجيش العربي السوري", camp="regime", kind="state forces"
    )

    id: str
    name_en: str
    name_ar: str
    camp: str
    kind: str


class Source(Shape):
    """Who is quoted."""

    model_config = such(name_en="Civil Defence", name_ar="الدفاع المدني", kind="official")

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

    model_config = such(
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

    model_config = such(start="2015-10-31", end="2015-10-31", precision=1, basis="stated", time="evening")

    start: Day | None
    end: Day | None
    precision: int
    basis: Literal["stated", "relative", "published"]
    time: str | None = None


class Toll(Shape):
    """A number as all tell it: `high` is null when somebody says "at least", `best` when no number leads."""

    model_config = such(low=58, best=72, high=None)

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

    model_config = such(
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

    model_config = such(
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
    text_sha256: str | None
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

    model_config = such(start=98, end=105, start16=99, end16=106)

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


IncidentRows = CountedRows[Incident]
ReportRows = CountedRows[ReportRow]
