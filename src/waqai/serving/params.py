"""The parameters of the API: the conditions of the command line under the same names, and how lists are paged."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from waqai.queries.listing import Order, ReportOrder
from waqai.queries.papers_ordering import OrderOfPapers

Format = Literal["json", "jsonl", "csv", "geojson"]
Flat = Literal["json", "jsonl", "csv"]
Level = Literal["incidents", "reports"]
Step = Literal["day", "week", "month", "year"]
OrderOfPlaces = Literal[
    "reports", "-reports", "incidents", "-incidents", "first", "-first", "last", "-last", "name", "-name", "name_ar", "-name_ar",
    "level", "-level", "level_ar", "-level_ar", "governorate", "-governorate", "governorate_ar", "-governorate_ar",
]  # fmt: skip
OrderOfActors = Literal[
    "reports", "-reports", "incidents", "-incidents", "first", "-first", "last", "-last", "name", "-name", "name_ar", "-name_ar",
    "camp", "-camp", "camp_ar", "-camp_ar", "kind", "-kind", "kind_ar", "-kind_ar",
]  # fmt: skip
OrderOfSources = Literal[
    "reports", "-reports", "incidents", "-incidents", "first", "-first", "last", "-last", "name", "-name", "name_ar", "-name_ar",
    "kind", "-kind", "kind_ar", "-kind_ar", "denies", "-denies",
]  # fmt: skip
OrderOfOutlets = Literal[
    "articles", "-articles", "copies", "-copies", "first", "-first", "last", "-last", "name", "-name",
]  # fmt: skip
OrderOfControl = Literal[
    "name", "-name", "name_ar", "-name_ar", "governorate", "-governorate", "governorate_ar", "-governorate_ar",
    "status", "-status", "status_ar", "-status_ar", "holders", "-holders", "holders_ar", "-holders_ar",
    "from", "-from", "to", "-to", "rests", "-rests",
]  # fmt: skip
PAGE = 50
Many = Annotated[list[str], Field(max_length=50)]


class Conditions(BaseModel):
    """What of the record is asked for. All have to hold; one that is given several times holds when any value does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: Many = Field([], description="event type, sub-event type or family", examples=[["Air/drone strike"]])
    actor: Many = Field([], description="actor, by id or name", examples=[["syrian-army"]])
    role: Many = Field([], description="what `actor` and `camp` have to be: actor1, actor2, blamed")
    camp: Many = Field([], description="camp of an actor", examples=[["opposition"]])
    place: Many = Field([], description="place, by id or name in Arabic or English", examples=[["مهين"]])
    bbox: str | None = Field(None, description="west,south,east,north in degrees", examples=["36.5,35.9,37.5,36.5"])
    polygon: str | None = Field(
        None, description="corners of a polygon in degrees: lon,lat;lon,lat;... (3 to 300)",
        examples=["36.5,35.9;37.5,35.9;37.0,36.5"],
    )  # fmt: skip
    country: str | None = Field(None, description="country, by its two letters", examples=["SY"])
    governorate: Many = Field([], description="governorate", examples=[["Homs"]])
    pcode: str | None = Field(None, description="beginning of an OCHA p-code", examples=["SY04"])
    from_: str | None = Field(
        None, alias="from", description="not over before this day, month or year", examples=["2015-10"]
    )
    to: str | None = Field(None, description="begun by this day, month or year", examples=["2015-12-31"])
    source: Many = Field([], description="source that is quoted")
    outlet: Many = Field([], description="outlet that published it")
    modality: Many = Field([], description="happened, attempted, planned or denied")
    background: str | None = Field(None, description="yes: told as history; no: news", examples=["no"])
    grade: Many = Field([], description="grade of the incident", examples=[["fair"]])
    min_killed: str | None = Field(
        None, description="at least so many killed, by the lowest number told", examples=["5"]
    )
    words: str | None = Field(None, description='words of the article: all of them, a "phrase", a beginn*')
    as_of: str | None = Field(None, description="what was known at the end of this day", examples=["2015-11-02"])

    def asked(self) -> dict[str, list[str]]:
        """The conditions as `queries.asking` takes them; what was not given is left out."""
        held = self.model_dump(by_alias=True, include=set(Conditions.model_fields), exclude_none=True)
        return {name: [value] if isinstance(value, str) else value for name, value in held.items() if value != []}


class Listing(Conditions):
    """A list: a page of it as JSON, or all of it as a file of JSON Lines, CSV or GeoJSON."""

    limit: int | None = Field(None, ge=1, le=500, description=f"rows of a page (default {PAGE}); files hold all rows")
    after: str | None = Field(None, max_length=500, description="the cursor of the page before")
    format: Format = Field("json", description="json: a page; jsonl, csv, geojson: a file with every row")

    @property
    def rows(self) -> int:
        """How many rows a page has."""
        return self.limit or PAGE


_ORDER = (
    "what the rows of pages come by: the day they begin; the lowest number of killed or injured told; type and place by "
    "their names in English or Arabic; modality; the day they were known. With - the highest first; what has no such value "
    "comes last. actor1, actor2: the first by name of those whom a report, or any report of an incident, names so"
)


class Dated(Listing):
    """A list by day, or in another order."""

    order: Order = Field("day", description=f"{_ORDER}. Incidents also by independent voices and by grade")
    placed: Literal["yes", "no"] | None = Field(
        None, description="yes: only what has a point on the map; no: what has none"
    )
    dated: Literal["yes", "no"] | None = Field(None, description="yes: only what has a day; no: what has none")


class ReportListing(Dated):
    """A list of reports."""

    order: ReportOrder = Field("day", description=_ORDER)
    incident: str | None = Field(None, description="only the reports of this incident", min_length=1, max_length=64)


class Naming(Listing):
    """A list of what the record names."""

    name: str | None = Field(None, description="only those whose name holds this", min_length=1, max_length=200)
    order: str = Field("-reports")


_BY = "what the rows come by; with - the highest first, and with _ar by what it is called in Arabic"


class Places(Naming):
    """A list of places."""

    order: OrderOfPlaces = Field("-reports", description=_BY)


class Actors(Naming):
    """A list of actors."""

    order: OrderOfActors = Field("-reports", description=_BY)


class Sources(Naming):
    """A list of sources."""

    order: OrderOfSources = Field("-reports", description=_BY)


class Outlets(Naming):
    """A list of outlets."""

    order: OrderOfOutlets = Field("-articles", description=_BY)


class Articles(Listing):
    """A list of articles."""

    order: OrderOfPapers = Field(
        "-published",
        description="what the rows of pages come by: the day of publication, title, outlet, the number of reports or of copies. "
        "With - the highest first; of one value the newest first",
    )


class Counting(Conditions):
    """A question for counts of incidents or reports."""

    of: Level = Field("incidents", description="what is counted")


class Faceting(Counting):
    """A question for facets."""

    names: list[str] = Field([], description="which facets (default: all)", max_length=20, examples=[["camp", "year"]])
    most: int = Field(25, ge=1, le=200, description="values of each facet")
    format: Flat = Field("json", description="jsonl, csv: a file with a row for each value of each facet")


class Stating(Counting):
    """A question for a table of counts."""

    by: str = Field(
        "month", max_length=100, description="one to three dimensions, with commas", examples=["month,type"]
    )
    format: Format = Field("json")


class Stepping(Conditions):
    """A question for a histogram."""

    step: Step = Field("month", description="width of a bar")
    format: Flat = Field("json", description="jsonl, csv: a file with a row for each bar")


class Seeking(Conditions):
    """A search in the articles."""

    words: str = Field(description='words, "phrases", beginnings such as كلم*', min_length=1, max_length=1000)
    limit: int = Field(20, ge=1, le=100, description="articles of a page")
    after: str | None = Field(None, max_length=100, description="the cursor of the page before")
    format: Format = Field("json")


class Holding(Listing):
    """A question for control."""

    at: str | None = Field(None, description="on this day; without it, all intervals", examples=["2015-11-01"])
    status: list[str] = Field([], description="held, divided, contested, besieged or unknown", max_length=5)
    by: Literal["governorate", "district", "subdistrict"] | None = Field(
        None, description="add the places up (with `at`)"
    )
    order: OrderOfControl | None = Field(
        None, description=f"of pages (`format=json`): {_BY}; without it by id of place, and day"
    )
    format: Format = Field(
        "geojson", description="json: a page; geojson (points for a map), jsonl, csv: every interval"
    )
