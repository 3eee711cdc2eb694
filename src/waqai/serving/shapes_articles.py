"""The forms of articles, of what the record names, of what a search finds, and of the record itself."""

from typing import Any, Generic, Literal

from pydantic import ConfigDict, Field

from waqai.serving.shapes import CountedRows, Day, Ranged, Rows, Shape, T


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
    text_sha256: str | None
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


ArticleRows = CountedRows[ArticleRow]
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
    today: Day
    asking: WhoAsks
    versions: dict[str, str]
    codebook: dict[str, Any]
