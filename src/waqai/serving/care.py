"""Care for the people of whom is told: what a public view leaves out, rounds and holds back. A private one shows all."""

import datetime as dt
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from waqai.exports.facts import ArticleFacts, Happening, Telling
from waqai.exports.redaction import Redactor
from waqai.exports.rounding import rounded, rounded_happening, rounded_telling
from waqai.exports.scrubbing import MARK
from waqai.knowledge.files import load_files
from waqai.knowledge.redaction import load_redaction
from waqai.model.mention import Place, Source
from waqai.queries.areas import Area, Box
from waqai.queries.errors import QueryError
from waqai.queries.filters import Filter
from waqai.queries.points import Point
from waqai.sentences import KEPT_BACK, NO_WORDS_IN_PUBLIC, OUTLET, SOURCE, Said, Told
from waqai.serving.settings import Settings
from waqai.store.reading import article_by_key
from waqai.store.schema import sources

if TYPE_CHECKING:
    from waqai.pipeline import Pipeline

_REMEMBERED = 50_000  # articles
_KEPT = 4000  # incidents
_CELL = 0.1  # degrees to which boxes are widened
_DEGREE_KM = 111.2


class Care:
    """What may be shown of the record. In a view that is not public everything passes as it is."""

    def __init__(self, settings: Settings, today: Callable[[], dt.date], pipeline: "Callable[[], Pipeline]") -> None:
        self._settings, self._today, self._pipeline = settings, today, pipeline
        self.public = settings.public
        self._named: OrderedDict[str, frozenset[str]] = OrderedDict()
        self._made: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()

    @cached_property
    def redactor(self) -> Redactor:
        """Takes private persons out."""
        return Redactor(load_redaction(load_files()))

    @property
    def last_day(self) -> dt.date:
        """The last day whose news is shown in public."""
        return self._today() - dt.timedelta(self._settings.held_back + 1)

    def filter(self, connection: Connection, filter: Filter) -> Filter:
        """The filter of what may be shown; QueryError when it asks for what may not be asked for in public."""
        if not self.public:
            return filter
        if filter.words:
            raise QueryError(NO_WORDS_IN_PUBLIC())
        if self.private_sources(connection, filter.sources):
            raise QueryError(KEPT_BACK(what=SOURCE))
        if any(self.text(outlet) != outlet for outlet in filter.outlets):
            raise QueryError(KEPT_BACK(what=OUTLET))
        as_of = None if filter.as_of is None else min(filter.as_of, self.last_day)
        box = None if filter.box is None else widened(filter.box)
        area = None if filter.area is None else AsShown(filter.area.polygons, self._settings.round_km)
        return replace(filter, as_of=as_of, held_back=self.last_day, box=box, area=area)

    def refusal(self, error: Told) -> Said:
        """What is said of a condition that cannot be asked for; in public it tells no name that the record holds."""
        if not self.public:
            return error.said
        return error.bare or Said(self.text(error.said.en), self.text(error.said.ar))

    def private_sources(self, connection: Connection, keys: Iterable[str]) -> set[str]:
        """Those of the sources (keys) that are private persons, where these are left out."""
        if not self.public:
            return set()
        asked = select(sources).where(sources.c.key.in_(list(keys)))
        held = {row.key: Source(row.name_en, row.name_ar, row.kind) for row in connection.execute(asked)}
        return {key for key, source in held.items() if self.redactor.source(source) != source}

    def shows_day(self, known: dt.date) -> bool:
        """Whether what was known on that day is shown."""
        return not self.public or known <= self.last_day

    def happening(self, connection: Connection, found: Happening) -> Happening:
        """An incident as it may be shown."""
        if not self.public:
            return found
        named = {key: self.named(connection, key) for key in found.articles}
        return rounded_happening(self.redactor.happening(found, named), self._settings.round_km)

    def telling(self, connection: Connection, found: Telling) -> Telling:
        """A report as it may be shown."""
        if not self.public:
            return found
        redacted = self.redactor.telling(found, self.named(connection, found.article.key))
        return rounded_telling(redacted, self._settings.round_km)

    def article(self, connection: Connection, found: ArticleFacts) -> ArticleFacts:
        """An article's facts as they may be shown."""
        return self.redactor.article(found, self.named(connection, found.key)) if self.public else found

    def named(self, connection: Connection, key: str) -> frozenset[str]:
        """The names of persons in the article with this key."""
        with self._lock:
            if key in self._named:
                self._named.move_to_end(key)
                return self._named[key]
        stored = article_by_key(connection, key)
        pipeline = self._pipeline()
        found = pipeline.annotate(pipeline.clean(stored.article)).mentions.persons if stored else ()
        names = frozenset(mention.value.name for mention in found)
        with self._lock:
            self._named[key] = names
            if len(self._named) > _REMEMBERED:
                self._named.popitem(last=False)
        return names

    def remembered(self, stored: str, make: Callable[[], bytes]) -> bytes:
        """What is made of something stored to be shown: articles do not change, so it is made once."""
        key = hash(stored)
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        found = make()
        with self._lock:
            self._made[key] = found
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return found

    def text(self, text: str, names: Iterable[str] = ()) -> str:
        """Words of which names of persons are taken out in public."""
        return self.redactor.words(text, names) if self.public else text

    def interval(self, record: dict[str, Any]) -> dict[str, Any]:
        """An interval of control, as JSON, as it may be shown."""
        place = record["place"]
        if not self.public or place["lat"] is None or place["lon"] is None:
            return record
        lat, lon = self.point(place["lat"], place["lon"])
        labelled = {side: [self._labelled(reference) for reference in record[side]] for side in ("reports", "against")}
        return record | labelled | {"place": place | {"lat": lat, "lon": lon, "precision": max(2, place["precision"])}}

    def _labelled(self, reference: dict[str, Any]) -> dict[str, Any]:
        """A reference whose label and outlet name nobody."""
        label, outlet = reference.get("doc_id"), reference.get("outlet")
        hidden = {"doc_id": MARK} if label and self.redactor.spells(label) else {}
        if outlet and self.text(outlet) != outlet:
            hidden["outlet"] = MARK
        return reference | hidden

    def moved(self, point: Point) -> Point:
        """A point of the map in the middle of its cell, and no better known than near."""
        lat, lon = self.point(point.lat, point.lon)
        return point._replace(lat=lat, lon=lon, precision=max(2, point.precision or 2))

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """A point, in public moved to the middle of its cell."""
        if not self.public:
            return lat, lon
        return moved_to_middle(lat, lon, self._settings.round_km)


def moved_to_middle(lat: float, lon: float, km: float) -> tuple[float, float]:
    """A point in the middle of its cell."""
    moved = rounded(Place("", "", "", lat, lon, "settlement", 1, None, None, None), km)
    return moved.lat or 0.0, moved.lon or 0.0


@dataclass(frozen=True, slots=True)
class AsShown(Area):
    """An area of which points are asked as they are shown, in the middle of their cells: no series of polygons leads to more
    than is shown."""

    km: float

    @property
    def box(self) -> Box:
        """The smallest box around it and around the cells whose middles it may hold."""
        within = super(AsShown, self).box
        north = self.km / _DEGREE_KM
        east = north / max(0.05, math.cos(math.radians(min(90, max(abs(within.south), abs(within.north)) + north))))
        west, south = max(-180, within.west - east), max(-90, within.south - north)
        return Box(west, south, min(180, within.east + east), min(90, within.north + north))

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in it as it is shown."""
        return super(AsShown, self).holds(*moved_to_middle(lat, lon, self.km))


def widened(box: Box) -> Box:
    """The box with edges on a grid of a tenth of a degree: no series of boxes leads to a point.

    >>> widened(Box(36.51, 35.94, 37.5, 36.5))
    Box(west=36.5, south=35.9, east=37.5, north=36.5)
    """
    west, south = (math.floor(round(edge / _CELL, 6)) * _CELL for edge in (box.west, box.south))
    east, north = (math.ceil(round(edge / _CELL, 6)) * _CELL for edge in (box.east, box.north))
    return Box(*(round(edge, 1) for edge in (max(-180, west), max(-90, south), min(180, east), min(90, north))))
