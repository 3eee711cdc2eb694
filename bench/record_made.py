"""A made record for the benchmarks: the places and days of UCDP GED Syria, thirty reports for each event.

python bench/record_made.py --db RECORD [--articles N]

The skew is real: most events fall on few towns and few weeks. Words, outlets and tolls are made up. About five reports stand in
an article. Needs the event table in ../shared/data, which is not part of this repository, and says so where it is missing.
The same seed gives the same record.
"""

import argparse
import csv
import datetime as dt
import gzip
import hashlib
import itertools
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from made_articles import made_articles
from waqai.model.article import Article, Published
from waqai.model.mention import Actor, DateRange, Place, Source
from waqai.model.report import (
    Casualties,
    Claim,
    CoderInfo,
    NamedActor,
    NamedDate,
    NamedPlace,
    NamedSource,
    Report,
)
from waqai.model.text import Span

EVENTS = Path(__file__).parents[2] / "shared" / "data" / "ucdp_ged_syria_2016_2019.csv.gz"
TOLD = 30  # reports of an event
OUTLETS = 45
IN_AN_ARTICLE = 5
CODER = CoderInfo("made", "1", "0" * 12, ("made",))
TYPES = {
    "1": ("Armed clash", "Air/drone strike", "Shelling/artillery/missile attack", "Government regains territory"),
    "2": ("Armed clash", "Non-state actor overtakes territory", "Shelling/artillery/missile attack"),
    "3": ("Attack", "Air/drone strike", "Remote explosive/landmine/IED", "Abduction/forced disappearance"),
}
WORDS = {
    "Armed clash": "اشتباكات عنيفة", "Air/drone strike": "غارات جوية", "Attack": "هجوم مسلح",
    "Shelling/artillery/missile attack": "قصف مدفعي", "Government regains territory": "استعادة السيطرة",
    "Non-state actor overtakes territory": "سيطرة كاملة", "Remote explosive/landmine/IED": "انفجار عبوة ناسفة",
    "Abduction/forced disappearance": "خطف مدنيين",
}  # fmt: skip
SOURCES = (
    Source("Syrian Observatory for Human Rights", "المرصد السوري لحقوق الإنسان", "ngo"),
    Source("SANA", "سانا", "agency"),
    Source("Civil Defence", "الدفاع المدني", "official"),
    Source("activists", "ناشطون", "witness"),
    Source("Reuters", "رويترز", "agency"),
)
CAMPS = {"government": "regime", "is": "isis", "kurd": "sdf", "sdf": "sdf", "civilians": "civilians"}


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the table, with what is told of it."""

    day: dt.date
    end: dt.date
    precision: int
    place: Place
    type: str
    sides: tuple[Actor, Actor]
    best: int


def events() -> list[Event]:
    """The events of the table, by day; SystemExit where it is missing."""
    if not EVENTS.exists():
        sys.exit("no ../shared/data here: the event table of UCDP Syria is needed for this benchmark")
    chance = random.Random(7)
    with gzip.open(EVENTS, "rt", encoding="utf-8", newline="") as file:
        return sorted((_event(row, chance) for row in csv.DictReader(file)), key=lambda event: event.day)


def _event(row: dict[str, str], chance: random.Random) -> Event:
    name = row["where_coordinates"]
    governorate = row["adm_1"].removesuffix(" Governorate") or None
    level = "governorate" if row["where_prec"] in ("4", "5") else "settlement"
    place = Place(
        f"made:{hashlib.sha256(name.encode()).hexdigest()[:10]}", name, name, float(row["latitude"]),
        float(row["longitude"]), level, int(row["where_prec"]), None, "SY", governorate,  # type: ignore[arg-type]
    )  # fmt: skip
    start, end = dt.date.fromisoformat(row["date_start"]), dt.date.fromisoformat(row["date_end"])
    kind = chance.choice(TYPES[row["type_of_violence"]])
    sides = (_actor(row["side_a"]), _actor(row["side_b"]))
    return Event(start, end, int(row["date_prec"]), place, kind, sides, int(row["best"]))


def _actor(name: str) -> Actor:
    lowered = name.lower()
    camp = next((camp for word, camp in CAMPS.items() if word in lowered.split() or word in lowered[:14]), "opposition")
    return Actor(
        lowered.replace(" ", "-")[:60], name, name, camp, "state forces" if camp == "regime" else "rebel group"
    )


def made_coded(
    limit: int | None = None, seed: int = 11, characters: int = 1500
) -> Iterator[tuple[Article, tuple[Report, ...]]]:
    """Articles with their reports, by day of publication; about this many characters in each."""
    chance = random.Random(seed)
    fillers = made_articles(characters, seed)
    number = itertools.count(1)
    for (day, outlet), told in itertools.islice(_issues(events(), chance), limit):
        for start in range(0, len(told), IN_AN_ARTICLE):
            yield _article(
                next(number), day, outlet, told[start : start + IN_AN_ARTICLE], orjson.loads(next(fillers)), chance
            )


def _issues(found: list[Event], chance: random.Random) -> Iterator[tuple[tuple[dt.date, int], list[Event]]]:
    """What each outlet tells on each day."""
    waiting: dict[dt.date, dict[int, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in found:
        for day in sorted(day for day in waiting if day < event.day):
            yield from (((day, outlet), told) for outlet, told in sorted(waiting.pop(day).items()))
        for outlet in chance.sample(range(OUTLETS), TOLD):
            waiting[event.day + dt.timedelta(days=chance.choice((0, 0, 1, 1, 1, 2)))][outlet].append(event)
    for day in sorted(waiting):
        yield from (((day, outlet), told) for outlet, told in sorted(waiting[day].items()))


def _article(
    number: int, day: dt.date, outlet: int, told: list[Event], filler: dict[str, str], chance: random.Random
) -> tuple[Article, tuple[Report, ...]]:
    sentences = [_sentence(event, chance) for event in told]
    text = "\n".join((*sentences, filler["text"]))
    article = Article(
        f"made-{number:06d}", text, filler["title"], Published(day, "record"), f"جريدة {outlet}", None, "ar", True
    )
    key, digest, start = article.key, article.text_sha256, 0
    reports = []
    for ordinal, (event, sentence) in enumerate(zip(told, sentences, strict=True)):
        span = Span("text", start, start + len(sentence), sentence)
        reports.append(_report(f"{number:08d}-{ordinal}", article.id, key, digest, day, event, span, chance))
        start += len(sentence) + 1
    return article, tuple(reports)


def _sentence(event: Event, chance: random.Random) -> str:
    source = chance.choice(SOURCES).name_ar
    return (
        f"أفاد {source} عن {WORDS[event.type]} في {event.place.name_ar} بين {event.sides[0].name_ar} "
        f"و{event.sides[1].name_ar} أسفر عن مقتل {event.best} بتاريخ {event.day}."
    )


def _report(
    id: str, doc_id: str, key: str, digest: str, day: dt.date, event: Event, span: Span, chance: random.Random
) -> Report:
    stated = chance.random() < 0.7
    date = DateRange(event.day, event.end, event.precision, "stated")
    if not stated:
        date = DateRange(day - dt.timedelta(days=1), day, 2, "published")
    low = max(0, event.best + chance.choice((-2, -1, 0, 0, 0, 0, 1, 3)))
    high = None if chance.random() < 0.1 else low
    claim = Claim(tuple(NamedSource(source, span) for source in chance.sample(SOURCES, chance.choice((1, 1, 2)))))
    toll = Casualties("killed", "unknown", None, low, high, 0, span)
    return Report(
        id=id, doc_id=doc_id, article_key=key, text_sha256=digest, sub_event_type=event.type, modality="happened",
        background=False, actor1=(NamedActor(event.sides[0], span),), actor2=(NamedActor(event.sides[1], span),),
        target=None, place=NamedPlace(event.place, span), date=NamedDate(date, span), casualties=(toll,) if low else (),
        killed=(low, high) if low else None, injured=None, claims=(claim,), weapon=None, evidence=span, coder=CODER,
        confidence=0.8,
    )  # fmt: skip


def main() -> None:
    """Make a record and say how large it is."""
    from waqai.store.opening import open_store
    from waqai.store.writing import Writer

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--db", required=True, metavar="RECORD")
    options.add_argument("--articles", type=int, metavar="N", help="at most so many (default: all, about 100,000)")
    asked = options.parse_args()
    store = open_store(asked.db, create=True)
    began = time.perf_counter()
    with Writer(store) as writer:
        for article, reports in itertools.islice(made_coded(), asked.articles):
            writer.add(article, reports, (), "made 1")
    sys.stdout.write(f"{writer.new} in {time.perf_counter() - began:.0f} s\n")


if __name__ == "__main__":
    main()
