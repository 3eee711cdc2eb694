"""Coding made-up sentences in tests: one pipeline for the session, and a short way to write what a text should give.

A row of a table (tests/unit/coding/tables/*.yaml) leads from a text to the news it tells, one event after another,
parted by ";", the sort of event first:

    قصف الطيران الروسي بلدة كفرنبل: air, by russia, at كفرنبل
    سيطرت الفصائل على تسيل وحيط: overtakes, by opposition, at تسيل + حيط       (an event for each place)
    صد مقاتلو المعارضة هجوما: clash, attempted, killed 3, injured 24-99, date 2016-03-09
    لقاء: nothing

`by` and `on` ask for exactly these camps (`by nobody`), tolls are written 3, 5-9 or 14+, a missing toll `killed none`,
`date none`. What is not asked for may be anything. `background` events are only compared when the row asks for one.
A title stands before the text, parted by " // "; the day of publication is 2016-03-10 (a Thursday).
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from waqai.arabic.letters import fold
from waqai.coding.grammar import GrammarCoder
from waqai.coding.scene import Scene
from waqai.knowledge.files import parse_yaml
from waqai.model.article import Article, Published
from waqai.model.report import NamedActor, Report
from waqai.pipeline import Pipeline, open_pipeline

DAY = "2016-03-10"
KINDS = {
    "regains": "Government regains territory",
    "overtakes": "Non-state actor overtakes territory",
    "clash": "Armed clash",
    "chemical": "Chemical weapon",
    "air": "Air/drone strike",
    "suicide": "Suicide bomb",
    "shelling": "Shelling/artillery/missile attack",
    "ied": "Remote explosive/landmine/IED",
    "grenade": "Grenade",
    "attack": "Attack",
    "abduction": "Abduction/forced disappearance",
    "protest": "Peaceful protest",
    "intervention": "Protest with intervention",
    "excessive": "Excessive force against protesters",
    "agreement": "Agreement",
    "arrests": "Arrests",
    "change": "Change to group/activity",
    "disrupted": "Disrupted weapons use",
    "looting": "Looting/property destruction",
    "transfer": "Non-violent transfer of territory",
    "other": "Other",
    "sexual": "Sexual violence",
    "mob": "Mob violence",
    "riot": "Violent demonstration",
    "base": "Headquarters or base established",
}
MODALITIES = ("happened", "attempted", "planned", "denied")


@cache
def pipeline() -> Pipeline:
    """The pipeline, opened once."""
    return open_pipeline()


def article(text: str, day: str | None = DAY) -> Article:
    """An article of a text, or of "title // text"."""
    title, _, body = text.rpartition(" // ")
    return Article("doc", body, title, Published(dt.date.fromisoformat(day), "record") if day else None)


def reports(text: str, day: str | None = DAY) -> tuple[Report, ...]:
    """The reports of a text, or of "title // text"."""
    return pipeline().reports(article(text, day))


def scene(text: str) -> Scene:
    """The scene of a text of one sentence."""
    coder = pipeline().coder
    assert isinstance(coder, GrammarCoder)
    found = coder.scenes(pipeline().annotate(pipeline().clean(article(text))))
    assert len(found) == 1
    return found[0]


def table(name: str) -> list[tuple[str, str]]:
    """The rows of a table beside the coding tests: text and what it should give."""
    path = Path(__file__).parent / "unit/coding/tables" / f"{name}.yaml"
    return list(parse_yaml(path.name, path.read_bytes()).items())


def check(text: str, wanted: str) -> None:
    """Code a text and compare; AssertionError says what was coded instead."""
    found = reports(text)
    expected = [row for part in wanted.split(";") for row in _expanded(part)] if wanted != "nothing" else []
    asked = [r for r in found if not r.background or any(row.get("background") for row in expected)]
    said = "\n".join(told(r) for r in found) or "nothing"
    assert len(asked) == len(expected), f"wanted {wanted}, coded\n{said}"
    left = list(asked)
    for row in expected:
        fits = next((r for r in left if not _wrong(row, r)), None)
        assert fits is not None, f"wanted {wanted}, coded\n{said}"
        left.remove(fits)


def told(r: Report) -> str:
    """A report on one line."""
    place = r.place.place.name_ar if r.place else "-"
    day = f"{r.date.date.start}..{r.date.date.end}" if r.date else "-"
    state = r.modality + (" background" if r.background else "")
    parties = f"{camps(r.actor1)} > {camps(r.actor2)}"
    return f"{r.sub_event_type} | {state} | {parties} | {place} | {day} | {r.killed} {r.injured}"


def camps(actors: Sequence[NamedActor]) -> str:
    """The camps of a role, sorted, joined by "+"; "nobody" when there is none."""
    return "+".join(sorted({a.actor.camp for a in actors})) or "nobody"


def _expanded(part: str) -> list[dict[str, Any]]:
    row: dict[str, Any] = {"modality": "happened"}
    for item in part.split(","):
        word, _, rest = item.strip().partition(" ")
        if word in KINDS:
            row["kind"] = KINDS[word]
        elif word in MODALITIES:
            row["modality"] = word
        elif word == "background":
            row["background"] = True
        else:
            row[word] = rest
    places = row.pop("at", None)
    return [row | {"at": place.strip()} for place in places.split("+")] if places else [row]


def _wrong(row: dict[str, Any], r: Report) -> list[str]:
    place = {r.place.place.name_ar, r.place.span.text if r.place.span else ""} if r.place else {"nowhere"}
    has = {
        "kind": lambda want: r.sub_event_type == want,
        "modality": lambda want: r.modality == want,
        "background": lambda want: r.background == want,
        "by": lambda want: camps(r.actor1) == want,
        "on": lambda want: camps(r.actor2) == want,
        "at": lambda want: any(fold(want) in fold(name) for name in place),
        "date": lambda want: _day(r) == want,
        "killed": lambda want: _range(r.killed) == want,
        "injured": lambda want: _range(r.injured) == want,
        "target": lambda want: r.target is not None and r.target.kind == want,
        "weapon": lambda want: r.weapon == want,
        "source": lambda want: any(want in s.source.name_ar for c in r.claims for s in c.chain),
    }
    return [key for key, want in row.items() if not has[key](want)]


def _range(toll: tuple[int, int | None] | None) -> str:
    if toll is None:
        return "none"
    low, high = toll
    return f"{low}+" if high is None else f"{low}" if low == high else f"{low}-{high}"


def _day(r: Report) -> str:
    if r.date is None or r.date.date.start is None:
        return "none"
    start, end = r.date.date.start, r.date.date.end
    return f"{start}" if start == end else f"{start}..{end}"
