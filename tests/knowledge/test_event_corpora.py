"""The executed corpora of the event types: src/waqai/knowledge/data/events/corpus_*.yaml, run through the pipeline.

A positive passes when one report of the file's type that is news (or background, where `expect` says so) agrees with
every key of `expect`: place by folded name (of a list, one is enough), actor1 and actor2 by inclusion of the named
camps (an empty list asks for none), actors by inclusion in either role, dates by overlap, tolls and modality exactly.
A negative passes when no report of that type is news.

The share of each file may not fall below its floor in event_corpora_floors.yaml (whole per cent).

    python tests/knowledge/test_event_corpora.py --show [slug]   the failures, with what was coded instead
    python tests/knowledge/test_event_corpora.py --update        raise the floors to what is reached; lowers none
"""

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from waqai.arabic.letters import fold
from waqai.knowledge.codebook import Codebook, load_codebook
from waqai.knowledge.files import DATA, load_files, parse_yaml
from waqai.model.article import Article, Published
from waqai.model.report import NamedActor, Report
from waqai.pipeline import Pipeline, open_pipeline

FOLDER = DATA / "events"
FLOORS = Path(__file__).with_name("event_corpora_floors.yaml")
SLUGS = sorted(path.stem.removeprefix("corpus_") for path in FOLDER.glob("corpus_*.yaml"))
KEYS = {"place", "actor1", "actor2", "actors", "modality", "background", "killed", "injured", "date"}
SIDES = ("positive", "negative")
HEADS = re.compile(r"^(مدينه|بلده|قريه|محافظه|حي|منطقه|محيط|مطار|ناحيه|مخيم|حاجز|قاعده|ريف)\s+")


@dataclass(frozen=True, slots=True)
class Failure:
    """One text that fails: its side, the text, what is wrong, and the reports that were coded."""

    side: str
    text: str
    wrong: str
    coded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one file reaches: how many of its texts pass out of how many, by side, and the failures."""

    passed: Mapping[str, int]
    total: Mapping[str, int]
    failures: tuple[Failure, ...]

    def share(self, side: str) -> int:
        """The share that passes, in whole per cent, rounded down."""
        return 100 * self.passed[side] // self.total[side]


@cache
def corpus(slug: str) -> Any:
    """One file as plain data."""
    name = f"corpus_{slug}.yaml"
    return parse_yaml(name, (FOLDER / name).read_bytes())


@cache
def codebook() -> Codebook:
    """The codebook, read once."""
    return load_codebook(load_files())


@cache
def pipeline() -> Pipeline:
    """The pipeline, opened once."""
    return open_pipeline()


def bare(name: str) -> str:
    """A place name without spelling variants, articles and the common heads."""
    name = HEADS.sub("", fold(name))
    return " ".join(re.sub(r"^ال", "", word) for word in re.sub(r"[^\w\s]", " ", name).split())


def same_place(expected: str | list[str], report: Report) -> bool:
    if report.place is None:
        return False
    span = report.place.span
    names = [bare(report.place.place.name_ar), bare(span.text) if span else ""]
    wanted = [bare(name) for name in ([expected] if isinstance(expected, str) else expected)]
    return any(name and (f" {want} " in f" {name} " or f" {name} " in f" {want} ") for name in names for want in wanted)


def same_camps(expected: list[str], actors: Iterable[NamedActor]) -> bool:
    camps = {named.actor.camp for named in actors}
    return set(expected) <= camps if expected else not camps


def same_date(expected: list[str], report: Report) -> bool:
    if report.date is None or report.date.date.start is None:
        return False
    start = report.date.date.start
    end = report.date.date.end or start
    return start <= dt.date.fromisoformat(expected[1]) and end >= dt.date.fromisoformat(expected[0])


def wrong_keys(expect: Mapping[str, Any], report: Report) -> list[str]:
    """The keys of `expect` that a report does not agree with."""
    tests: dict[str, Callable[[Any], bool]] = {
        "place": lambda value: same_place(value, report),
        "actor1": lambda value: same_camps(value, report.actor1),
        "actor2": lambda value: same_camps(value, report.actor2),
        "actors": lambda value: same_camps(value, [*report.actor1, *report.actor2]),
        "modality": lambda value: report.modality == value,
        "background": lambda value: report.background == value,
        "killed": lambda value: report.killed == tuple(value),
        "injured": lambda value: report.injured == tuple(value),
        "date": lambda value: same_date(value, report),
    }
    return [key for key, value in ({"background": False} | dict(expect)).items() if not tests[key](value)]


def described(report: Report) -> str:
    """One report on one line, for --show."""
    camps = [",".join(named.actor.camp for named in side) or "-" for side in (report.actor1, report.actor2)]
    place = report.place.place.name_ar if report.place else "-"
    day = f"{report.date.date.start}..{report.date.date.end}" if report.date else "-"
    state = report.modality + (" background" if report.background else "")
    numbers = f"killed={report.killed} injured={report.injured}"
    return f"{report.sub_event_type} | {state} | {camps[0]} > {camps[1]} | {place} | {day} | {numbers}"


def failure(kind: str, side: str, entry: Mapping[str, Any]) -> Failure | None:
    """Code one text; None when it passes."""
    text, day = entry["text"], dt.date.fromisoformat(entry["published"])
    reports = pipeline().reports(Article("corpus", text, published=Published(day, "record")))
    ours = [report for report in reports if report.sub_event_type == kind]
    coded = tuple(described(report) for report in reports)
    if side == "negative":
        news = [report for report in ours if not report.background]
        return Failure(side, text, f"coded, but it is: {entry.get('why', 'nothing')}", coded) if news else None
    misses = [wrong_keys(entry["expect"], report) for report in ours]
    if any(not miss for miss in misses):
        return None
    wrong = f"wrong {', '.join(min((len(miss), miss) for miss in misses)[1])}" if misses else "not coded"
    return Failure(side, text, f"{wrong}; expected {dict(entry['expect'])}", coded)


@cache
def outcome(slug: str) -> Outcome:
    """Code every text of one file."""
    content = corpus(slug)
    total = {side: len(content[side]) for side in SIDES}
    failures = [
        found
        for side in SIDES
        for entry in content[side]
        if (found := failure(content["type"], side, entry)) is not None
    ]
    passed = {side: total[side] - sum(f.side == side for f in failures) for side in SIDES}
    return Outcome(passed, total, tuple(failures))


def floors() -> dict[str, dict[str, int]]:
    """The pinned floors by slug and side; none yet is an empty mapping."""
    return parse_yaml(FLOORS.name, FLOORS.read_bytes()) or {} if FLOORS.exists() else {}


def check_expect(expect: Mapping[str, Any], camps: Iterable[str], modalities: Iterable[str]) -> None:
    assert set(expect) <= KEYS, f"unknown keys {set(expect) - KEYS}"
    assert {camp for key in ("actor1", "actor2", "actors") for camp in expect.get(key, ())} <= set(camps)
    assert expect.get("modality", "happened") in modalities
    for key in ("killed", "injured"):
        if key in expect:
            low, high = expect[key]
            assert high is None or low <= high
    if "date" in expect:
        first, last = map(dt.date.fromisoformat, expect["date"])
        assert first <= last


def test_every_type_has_one_corpus() -> None:
    types = [corpus(slug)["type"] for slug in SLUGS]
    assert sorted(types) == sorted(codebook().event_types)


def test_floors_name_every_corpus() -> None:
    assert sorted(floors()) == SLUGS
    assert all(set(sides) == set(SIDES) and all(0 <= n <= 100 for n in sides.values()) for sides in floors().values())


@pytest.mark.parametrize("slug", SLUGS)
def test_schema(slug: str) -> None:
    content, book = corpus(slug), codebook()
    assert set(content) == {"type", *SIDES}
    assert slug == re.sub(r"[^a-z]+", "_", content["type"].lower())
    assert len(content["positive"]) >= 20
    assert len(content["negative"]) >= 10
    texts = [entry["text"] for side in SIDES for entry in content[side]]
    assert len(texts) == len(set(texts))
    for entry in content["positive"]:
        assert set(entry) == {"text", "published", "expect"}, entry["text"]
        check_expect(entry["expect"], book.camps, book.modalities)
    for entry in content["negative"]:
        assert set(entry) <= {"text", "published", "why"}, entry["text"]
    for entry in content["positive"] + content["negative"]:
        dt.date.fromisoformat(entry["published"])


@pytest.mark.parametrize("slug", SLUGS)
def test_share_holds_its_floor(slug: str) -> None:
    reached = outcome(slug)
    for side in SIDES:
        assert reached.share(side) >= floors()[slug][side], [f.text for f in reached.failures if f.side == side]


def show(slugs: Iterable[str]) -> str:
    """The failures of some files and their shares, as text."""
    lines: list[str] = []
    for slug in slugs:
        reached = outcome(slug)
        for found in reached.failures:
            lines += [
                f"[{slug}] {found.side}: {found.wrong}",
                f"    {found.text}",
                *(f"      > {c}" for c in found.coded),
            ]
    for slug in slugs:
        reached = outcome(slug)
        shares = "  ".join(f"{side} {reached.passed[side]}/{reached.total[side]}" for side in SIDES)
        lines.append(f"{slug:42} {shares}")
    return "\n".join(lines)


def update() -> str:
    """Write the floors that are reached; refuses, with the reason, when one would fall."""
    old = floors()
    new = {slug: {side: outcome(slug).share(side) for side in SIDES} for slug in SLUGS}
    fallen = [
        f"{slug} {side}: {new[slug][side]} is below {old[slug][side]}"
        for slug in SLUGS
        for side in SIDES
        if new[slug][side] < old.get(slug, {}).get(side, 0)
    ]
    if fallen:
        raise SystemExit("No floor was changed, because some would fall:\n" + "\n".join(fallen))
    head = "# Per cent of each corpus that passes, rounded down; test_event_corpora.py --update raises, never lowers.\n"
    rows = [f"{slug}: {{positive: {new[slug]['positive']}, negative: {new[slug]['negative']}}}\n" for slug in SLUGS]
    FLOORS.write_text(head + "".join(rows), encoding="utf-8")
    return f"Floors of {len(SLUGS)} files written."


def main(arguments: list[str]) -> int:
    """--show [slug] or --update; anything else prints how to call this."""
    match arguments:
        case ["--show"]:
            print(show(SLUGS))
        case ["--show", slug] if slug in SLUGS:
            print(show([slug]))
        case ["--update"]:
            print(update())
        case _:
            print(f"usage: test_event_corpora.py --show [slug] | --update; slugs: {' '.join(SLUGS)}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
