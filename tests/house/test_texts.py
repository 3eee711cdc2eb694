"""What stands in the files: nobody's articles, no machine, no registry."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from house.tree import ROOT, name, texts

RUN = 9
WORD = re.compile(r"[\u0621-\u064a]+")
HOMES = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt|mnt|tmp)/\w")
REGISTRIES = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "pythonh" + r"osted\.org",
            r"registry\.n" + "pmjs",
            "deb" + r"ian\.org",
            "files" + r"\.python",
        )
    )
)


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = WORD.findall(text)
    return (tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def test_no_text_of_real_articles(shared: Path) -> None:
    """Nine words in a row from an article of the evaluation material appear nowhere here."""
    seen: set[tuple[str, ...]] = set()
    for line in (shared / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        seen.update(runs(json.loads(line)["text"]))
    for path in (shared / "seeds").glob("*.txt"):
        seen.update(runs(path.read_text(encoding="utf-8-sig")))
    assert seen
    wrong = [f"{name(path)}: {' '.join(run)}" for path, text in texts() for run in runs(text) if run in seen]
    assert not wrong, "\n".join(wrong[:20])


def test_a_run_is_found() -> None:
    words = [f"كلمة{letter}" for letter in "ابتثجحخدذ"]
    assert list(runs("x " + " ".join(words))) == [tuple(words)]


def test_no_places_of_a_machine() -> None:
    wrong = [
        f"{name(path)}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if HOMES.search(line) and not line.startswith("#!") and "house" not in path.parts
    ]
    assert not wrong, "\n".join(wrong)


def test_no_registries() -> None:
    wrong = [name(path) for path, text in texts() if REGISTRIES.search(text)]
    assert not wrong, "\n".join(wrong)


def test_the_checkout_itself_is_named_nowhere() -> None:
    wrong = [name(path) for path, text in texts() if len(ROOT.parts) > 2 and f"{ROOT}/" in text]
    assert not wrong, "\n".join(wrong)
