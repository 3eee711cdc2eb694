"""The gate: no figure falls below its floor, and floors only rise.

python tests/gate/gate.py                               measure and compare with tests/gate/floors.json
python tests/gate/gate.py --update                      raise the floors to what is measured; refuses to lower one
python tests/gate/gate.py --update --allow-regression   lower them too; say why in the commit

Beside each set of floors stands the SHA-256 of the articles and annotations it was measured on: when these change the
gate fails until --update has been run on purpose, so that the yardstick cannot drift unseen.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from figures import CEILINGS, Figures, development_corpus, fingerprint, measured, sample_corpus

from waqai.pipeline import open_pipeline

FLOORS = Path(__file__).parent / "floors.json"
SHARED = Path(__file__).resolve().parents[3] / "shared"
TOLERANCE = 0.0005

Floors = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one corpus, and which corpus it was."""

    figures: Figures
    fingerprint: str


def problems(name: str, now: Measured, floors: Floors) -> list[str]:
    """What is worse than pinned, one line each; a corpus that is not the one pinned is a problem too."""
    held = floors.get(name)
    if held is None:
        return [f"{name}: no floors yet; run with --update"]
    if held["fingerprint"] != now.fingerprint:
        return [f"{name}: the articles or annotations are not those the floors were measured on; run with --update"]
    missing = sorted(set(held["figures"]) - set(now.figures))
    lines = [f"{name}: {figure} is no longer measured" for figure in missing]
    for figure, pinned in held["figures"].items():
        if figure in now.figures and _worse(figure, now.figures[figure], pinned):
            kind = "ceiling" if figure in CEILINGS else "floor"
            lines.append(f"{name}: {figure} is {now.figures[figure]:.3f}, its {kind} {pinned:.3f}")
    return lines


def _worse(figure: str, value: float, pinned: float) -> bool:
    return value > pinned + TOLERANCE if figure in CEILINGS else value < pinned - TOLERANCE


def updated(measurements: Mapping[str, Measured], floors: Floors, allow_regression: bool) -> Floors:
    """The floors raised to what is measured; ValueError when one would fall and that is not allowed."""
    new = dict(floors)
    for name, now in measurements.items():
        fallen = [line for line in problems(name, now, floors) if name in floors]
        if fallen and not allow_regression:
            raise ValueError(
                "\n".join([*fallen, "Nothing was changed. To lower floors on purpose: --allow-regression"])
            )
        new[name] = {"fingerprint": now.fingerprint, "figures": dict(sorted(now.figures.items()))}
    return new


def measure_all() -> dict[str, Measured]:
    """Both corpora; the development one only where it is there."""
    corpora = {"sample": sample_corpus()}
    if (SHARED / "eval" / "dev.jsonl").exists():
        corpora["development"] = development_corpus(SHARED)
    pipeline = open_pipeline()
    return {
        name: Measured(measured(pipeline, articles, gold), fingerprint([articles, *gold]))
        for name, (articles, gold) in corpora.items()
    }


def load_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; none when there is no file."""
    held: Floors = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return held


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, then compare or update; the exit status."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--update", action="store_true")
    options.add_argument("--allow-regression", action="store_true")
    asked = options.parse_args(arguments)
    floors, measurements = load_floors(), measure_all()
    _show(measurements, floors)
    if asked.update:
        try:
            new = updated(measurements, floors, asked.allow_regression)
        except ValueError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        FLOORS.write_text(json.dumps(new, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    wrong = [line for name, now in measurements.items() for line in problems(name, now, floors)]
    sys.stderr.write("".join(f"{line}\n" for line in wrong))
    return 1 if wrong else 0


def _show(measurements: Mapping[str, Measured], floors: Floors) -> None:
    for name, now in measurements.items():
        pinned = floors.get(name, {}).get("figures", {})
        sys.stdout.write(f"{name}\n")
        for figure, value in sorted(now.figures.items()):
            floor = f"{pinned[figure]:.3f}" if figure in pinned else "none"
            sys.stdout.write(f"  {figure:28s} {value:.3f}   pinned {floor}\n")


if __name__ == "__main__":
    sys.exit(main())
