"""Articles and reports for tests of the record."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from waqai.model.article import Article, Published
from waqai.model.control import Holding
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import Claim, CoderInfo, NamedActor, NamedDate, NamedPlace, NamedSource, Report
from waqai.model.text import Span
from waqai.store.opening import Store, open_store
from waqai.store.writing import Writer

SIDE = Actor("isis", "Islamic State", "تنظيم الدولة", "isis", "rebel group")
ALEPPO = Place("g1", "حلب", "Aleppo", 36.2, 37.16, "settlement", 1, None, "SY", "Aleppo", "SY02", 1)
NEAR = Place("g1", "حلب", "Aleppo", 36.3, 37.2, "area", 2, "near", "SY", "Aleppo", "SY02", 1)
OBSERVER = Source("Syrian Observatory for Human Rights", "المرصد السوري لحقوق الإنسان", "ngo")
NOW = dt.datetime(2024, 12, 1, 12, tzinfo=dt.UTC)


def article(text: str, id: str = "a1", day: str | None = "2016-05-04", **more: Any) -> Article:
    """An article of this text."""
    published = Published(dt.date.fromisoformat(day), "record") if day else None
    return Article(id, text, more.pop("title", ""), published, **more)


def report(of: Article, ordinal: int = 0, place: Place | None = ALEPPO, **more: Any) -> Report:
    """A report in this article; its words are the first of the text."""
    words = Span("text", 0, min(20, len(of.text)), of.text[:20])
    day = dt.date(2016, 5, 3)
    source = NamedSource(OBSERVER, words)
    given: dict[str, Any] = {
        "id": hashlib.sha256(f"{of.key} {ordinal}".encode()).hexdigest()[:20], "doc_id": of.id, "article_key": of.key,
        "text_sha256": of.text_sha256, "sub_event_type": "Air/drone strike", "modality": "happened", "background": False,
        "actor1": (NamedActor(SIDE, words),), "actor2": (), "target": None,
        "place": NamedPlace(place, words) if place else None, "date": NamedDate(DateRange(day, day, 1, "stated"), words),
        "casualties": (), "killed": (3, 3), "injured": None, "claims": (Claim((source,)),), "weapon": None,
        "evidence": words, "coder": CoderInfo("made", "1", "0" * 12, ()), "confidence": 0.8,
    }  # fmt: skip
    return Report(**(given | more))


def holding(of: Article, place: Place = ALEPPO) -> Holding:
    """A statement in this article that a side holds the place."""
    words = Span("text", 0, 5, of.text[:5])
    return Holding(f"h{of.key[:20]}", of.key, place, SIDE, "holds", None, None, (), words, "made")


@contextmanager
def record(address: str, *of: Article, coder: str = "made 1") -> Iterator[Store]:
    """An open record in which these articles stand with one report each."""
    store = open_store(address, create=True)
    try:
        put(store, *of, coder=coder)
        yield store
    finally:
        store.close()


def put(store: Store, *of: Article, coder: str = "made 1", recode: bool = False, batch: int = 500) -> Writer:
    """Write these articles with one report each; the writer, which knows what was new."""
    with Writer(store, recode=recode, batch=batch, now=lambda: NOW) as writer:
        for one in of:
            writer.add(one, [report(one)], [], coder)
    return writer
