"""Make the generated pages and parts of pages from what they tell of, so that they cannot lie.

python tools/make_docs.py            write README.md, docs/CODEBOOK.md and docs/KNOWLEDGE.md anew
python tools/make_docs.py --check    fail when one of them is out of step

A generated part stands between `<!-- made: NAME -->` and `<!-- end -->`; everything else on a page is written by hand.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from waqai.cli.main import COMMANDS, parser
from waqai.exports.acled import GEO_PRECISION, TIME_PRECISION
from waqai.exports.flat import flat_columns
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.exports import load_exports
from waqai.knowledge.files import DATA, load_files, sources
from waqai.model.article import Article
from waqai.pipeline import open_pipeline
from waqai.sample import sample_path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = "sample-045"
FLOORS = ROOT / "tests" / "gate" / "floors.json"
RESULTS = ROOT / "bench" / "results"
PART = re.compile(r"(<!-- made: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
TITLES = {
    "modalities": "Modality: whether it happened",
    "stances": "Stance of a claim",
    "outcomes": "Casualties: outcome",
    "standings": "Casualties: who",
    "levels": "Level of a place",
    "times": "Time of day",
    "relations": "Relation to a place",
    "actor_kinds": "Kinds of actor",
    "camps": "Camps",
    "weapons": "Weapons",
    "targets": "Targets",
    "source_kinds": "Kinds of source",
}


def main() -> int:
    """Write or check; exit status 1 when a check fails."""
    stale = []
    for path, text in pages().items():
        held = path.read_text(encoding="utf-8") if path.exists() else ""
        if held != text:
            stale.append(path.relative_to(ROOT).as_posix())
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv[1:]:
        sys.stdout.write(f"Out of step: {', '.join(stale)}. Run: make docs\n" if stale else "The pages are in step.\n")
        return 1 if stale else 0
    sys.stdout.write(f"Renewed: {', '.join(stale) or 'nothing; all were in step'}\n")
    return 0


def pages() -> dict[Path, str]:
    """Every generated page with the text it should have."""
    made = {
        "example": _example,
        "record": _record,
        "figures": _figures,
        "speed": _speed,
        "commands": _commands,
        "files": _files,
    }
    made |= {"terms": _terms, "columns": _export_columns}

    def renewed(path: Path) -> str:
        return PART.sub(lambda part: part[1] + made[part[2]]() + part[3], path.read_text(encoding="utf-8"))

    written = [ROOT / "README.md", ROOT / "docs" / "KNOWLEDGE.md", ROOT / "docs" / "EXPORTS.md"]
    return {path: renewed(path) for path in written} | {ROOT / "docs" / "CODEBOOK.md": _codebook()}


# --- parts of README.md


def _example() -> str:
    rows = sample_path("articles.jsonl").read_text(encoding="utf-8").splitlines()
    (line,) = (row for row in rows if json.loads(row)["id"] == EXAMPLE)
    article = json.loads(line)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "article.jsonl"
        source.write_text(line + "\n", encoding="utf-8")
        table, plain = _waqai("code", str(source), "--format", "table"), _waqai("code", str(source))
    report = json.loads(plain.splitlines()[0])
    shown = {
        key: report[key] for key in ("sub_event_type", "modality", "actor1", "place", "date", "claims", "evidence")
    }
    return (
        f"**In** (made up for this project; published {article['published']}, outlet: {article['outlet']}):\n\n"
        f"> **{article['title']}**\n>\n" + "".join(f"> {words}\n>\n" for words in article["text"].splitlines()) + "\n"
        f"**Out**, on a terminal (`waqai code`):\n\n```text\n{table.strip()}\n```\n\n"
        "As data it is one line of JSON for each event. Some fields of the first (offsets are code points into the\n"
        f"text as given):\n\n```json\n{_folded(shown)}\n```\n"
    )


def _record() -> str:
    """What a record of the sample answers: an incident that several sources tell, and who held a town."""
    with tempfile.TemporaryDirectory() as folder:
        record = str(Path(folder) / "waqai.db")
        _waqai("build", str(sample_path("articles.jsonl")), "--db", record)
        asked = ("--db", record, "--format", "table")
        told = _waqai("incidents", "--place", "خان شيخون", "--min-killed", "10", *asked)
        held = _waqai("control", "--place", "مهين", *asked)
    return (
        "One happening, as all its reports tell it (`waqai incidents --place 'خان شيخون' --min-killed 10`):\n\n"
        f"```text\n{told.strip(chr(10))}\n```\n\n"
        f"One town, who held it and why we think so (`waqai control --place مهين`):\n\n```text\n{held.strip()}\n```\n"
    )


def _folded(shown: dict[str, Any]) -> str:
    rows = [f'  "{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in shown.items()]
    return "{\n" + ",\n".join(rows) + "\n}"


def _waqai(*arguments: str) -> str:
    command = [sys.executable, "-c", "import sys; from waqai.cli.main import main; sys.exit(main())", *arguments]
    plain = {key: value for key, value in os.environ.items() if key not in ("FORCE_COLOR", "CLICOLOR_FORCE")}
    settings = plain | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(command, capture_output=True, check=False, env=settings)
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        sys.exit(f"waqai {arguments[0]} failed on the example of the README: {' '.join(last)}")
    return done.stdout.decode("utf-8")


def _figures() -> str:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    wanted = {
        "detection_f1": "detection F1: the event is found, with its type",
        "strict_f1": "strict F1: sub-event type, place, date, first actor and modality are right too",
        "detection_precision": "precision of detection",
        "detection_recall": "recall of detection",
        "spurious_a_quiet_article": "invented events an article without any (politics, sport, crime)",
        "lowest_seed_recall": "lowest share of events found in one of the five seed articles",
    }
    names = [name for name in ("development", "sample") if name in floors]
    rows = [f"| figure | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for figure, words in wanted.items():
        values = [floors[name]["figures"].get(figure) for name in names]
        rows.append(f"| {words} | {' | '.join('–' if value is None else f'{value:.2f}' for value in values)} |")
    return "\n".join(rows) + "\n"


def _speed() -> str:
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RESULTS.glob("*.json"))}
    rows = ["| what | measured | by | on |", "|---|---|---|---|"]
    for name, held in found.items():
        rows.append(f"| {_told(name, held)} | `bench/{_measured_by(name)}.py` | {held['machine']}, {held['date']} |")
    return "\n".join(rows) + "\n"


def _measured_by(name: str) -> str:
    """The program of the figures kept under a name ("throughput_fast" is `throughput`)."""
    return next(path.stem for path in sorted((ROOT / "bench").glob("*.py"), reverse=True) if name.startswith(path.stem))


def _told(name: str, held: dict[str, Any]) -> str:
    if name.startswith("throughput"):
        ratio = held.get("times_the_time_of_spacy")
        beside = f"; {ratio:g} times the time of spaCy's blank Arabic tokenizer" if ratio else ""
        what = f"coding {held['articles']:,} articles of about 3,500 characters, --jobs {held['jobs']}"
        what += ", compiled by `make fast`" if name.endswith("_fast") else ""
        speed = f"{held['articles_a_second']:g} articles/s, {held['characters_a_second']:,} characters/s"
        return f"{what} | {speed}, peak memory {held['peak_mb']} MB{beside}"
    if name.startswith("record_store"):
        what = (
            f"storing and indexing {held['articles']:,} articles with {held['reports']:,} reports, {held['database']}"
        )
        file = f", {held['file_mb']:,} MB on disk" if held["file_mb"] else ""
        beside = _seconds(held, "preparing_seconds", "preparing_processor_seconds")
        spent = f"{_seconds(held, 'seconds', 'seconds_of_this_process')} in the process that writes"
        note = f" ({held['note']})" if "note" in held else ""
        return f"{what} | {spent}; {beside} in those that code{file}; peak memory {held['peak_mb']} MB{note}"
    if name.startswith("incidents"):
        what = f"incidents of {held['incidents_reports']:,} reports; then of those of a thousand articles more"
        more = (
            f"{_seconds(held, f'{part}_seconds', f'{part}_processor_seconds')} for {words}"
            for part, words in (("newest", "the newest"), ("spread", "a thousand spread over all years"))
        )
        first = _seconds(held, "incidents_seconds", "incidents_processor_seconds")
        return f"{what} | {first}, peak memory {held['incidents_peak_mb']} MB; {'; '.join(more)}"
    if name.startswith("queries"):
        return f"questions to a record of {held['reports']:,} reports, slowest of twenty (p95) | {_slowest(held)}"
    if name == "serving":
        what = f"answers of the server over {held['reports']:,} reports, slowest of twenty (p95)"
        beside = f"crowded: {held['readers']} readers while a build writes, {held['crowded_errors']} errors"
        return f"{what}; {beside} | {_slowest(held)}"
    if name == "startup":
        return f"one article, from a cold start | {held['middle_seconds']:g} s (slowest {held['slowest_seconds']:g} s)"
    return f"streaming {held['articles']:,} short articles | peak memory {held['peak_mb']} MB"


def _slowest(held: dict[str, Any]) -> str:
    kinds = sorted(key.removesuffix("_p95_ms") for key in held if key.endswith("_p95_ms") and "processor" not in key)
    return "; ".join(f"{kind.replace('_', ' ')} {held[f'{kind}_p95_ms']:g} ms" for kind in kinds)


def _seconds(held: dict[str, Any], wall: str, processor: str) -> str:
    return f"{held[wall]:g} s ({held[processor]:g} s of the processor)"


def _commands() -> str:
    known = {command.__name__.rsplit(".", 1)[-1] for command in COMMANDS}
    listed = parser().format_help().split("commands:")[1].split("examples:")[0]
    helps = re.findall(r"^    (\w+)\s+(.*(?:\n {10,}.*)*)", listed, re.MULTILINE)
    rows = ["| command | what it does |", "|---|---|"]
    rows += [f"| `waqai {name}` | {' '.join(words.split())} |" for name, words in helps if name in known]
    return "\n".join(rows) + "\n"


# --- docs/KNOWLEDGE.md


def _files() -> str:
    content = load_files().content
    rows = ["| file | entries | what it holds |", "|---|---:|---|"]
    for name in sorted(sources()):
        rows.append(f"| `{name}` | {_count(content[name]):,} | {_first_words(DATA / name)} |")
    return "\n".join(rows) + "\n"


def _count(content: Any) -> int:
    """Entries of a file: of its lists, or its keys."""
    if isinstance(content, list):
        return len(content)
    lists = [value for value in content.values() if isinstance(value, list | dict)]
    return sum(len(value) for value in lists) or len(content)


def _first_words(path: Path) -> str:
    """The first sentence of the header comment that is not a pointer to another file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header: list[str] = []
    for line in lines:
        if not line.startswith("#"):
            break
        header.append(line.lstrip("# ").strip())
    text = " ".join(header).replace("The format is explained in syria_regime.yaml.", "").strip()
    text = re.split(r"(?<=[.:])\s", text)[0].rstrip(".:") if text else path.stem.replace("_", " ").capitalize()
    return text.replace("|", "\\|")


# --- docs/CODEBOOK.md

TOLL_WORDS = {
    "14 مدنيا": "14 civilians", "14 مدنيا على الأقل": "at least 14", "أكثر من 60 مدنيا": "more than 60",
    "نحو عشرين مدنيا": "about twenty", "بين 10 و15 مدنيا": "between 10 and 15", "عشرات المدنيين": "dozens",
    "مئات المدنيين": "hundreds", "مدنيين اثنين": "two, told by the dual", "مدني": "one, told by the singular",
}  # fmt: skip
TOLL_RULES = """- "Killed and wounded" counted as one ("50 بين قتيل وجريح") is no toll.
- Those "among them" (بينهم, منهم) are a part and are not added; with a cause of their own ("بينهم 16 جراء غارة") they are the toll
  of that event.
- The dead of two sides in one sentence are added; `casualties` keeps each side. A toll that rose replaces what was counted before.
- Counts that differ make one range; the body speaks before the headline, a number before the dozens that it lies in.
- The toll of a whole province or of a list of towns gives way to the count of the one town; a count that names another town
  is never given to the event beside it.
- A day's toll of a province or of the country, and totals over a week or longer, are no event's toll.
"""


def _codebook() -> str:
    codebook = load_codebook(load_files())
    parts = [
        "# Codebook\n\nThe closed lists of the record. Made by `make docs` from "
        "`src/waqai/knowledge/data/codebook.yaml`; do not edit here.\n",
        "## Event types\n\nSpelled as in ACLED's codebook, with their PLOVER type and mode.\n",
        "| event type | sub-event type | PLOVER type | PLOVER mode |\n|---|---|---|---|",
    ]
    for event in codebook.event_types.values():
        mode = event.plover.mode or "–"
        parts.append(f"| {event.event_type} | {event.sub_event_type} | {event.plover.type} | {mode} |")
    parts.append(
        "\nSome weapons make PLOVER's mode a closer one:\n\n| weapon | sub-event type | PLOVER mode |\n|---|---|---|"
    )
    parts += [f"| {weapon} | {name} | {mode} |" for (weapon, name), mode in codebook.plover_modes.items()]
    for name, title in TITLES.items():
        parts.append(f"\n## {title}\n\n{_listed(getattr(codebook, name))}")
    parts.append(f"\n{_tolls().strip()}")
    return "\n".join(parts) + "\n"


def _tolls() -> str:
    """How words of number become a range, read by the program itself, and what is done with several counts."""
    pipeline = open_pipeline()
    rows = []
    for phrase, english in TOLL_WORDS.items():
        text = f"قصفت الطائرات مدينة سراقب ما أدى إلى مقتل {phrase} هناك."
        low, high = pipeline.reports(Article("toll", text, "", None, None, None))[0].killed or (None, None)
        rows.append(f"| {phrase} | {english} | {low} | {'open' if high is None else high} |")
    return (
        "## Tolls\n\nA toll is a range; its upper end may be open. What the text does not count is `null`.\n\n"
        "| words | | low | high |\n|---|---|---:|---:|\n" + "\n".join(rows) + "\n\n" + TOLL_RULES
    )


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


# --- parts of docs/EXPORTS.md


def _terms() -> str:
    """How event types, kinds of actor and precisions are written by others."""
    known = load_exports(load_files())
    rows = [
        "| sub-event type | ACLED disorder type | attempt (ACLED) | CAMEO | Goldstein | quad |",
        "|---|---|---|---|---:|---|",
    ]
    for name, codes in known.types.items():
        attempt = "left out" if codes.attempted is None else "the same" if codes.attempted == name else codes.attempted
        scale = known.goldstein[codes.cameo] if codes.cameo else "–"
        rows.append(f"| {name} | {codes.disorder} | {attempt} | {codes.cameo or '–'} | {scale} | {codes.quad or '–'} |")
    rows += ["", "| kind of actor | ACLED inter | PLOVER and CAMEO sector |", "|---|---|---|"]
    rows += [f"| {kind} | {codes.inter} {codes.name} | {codes.sector or '–'} |" for kind, codes in known.kinds.items()]
    rows += ["", "| our date precision | ACLED time_precision |", "|---|---|"]
    rows += [f"| {ours} | {TIME_PRECISION.get(ours, 'left out')} |" for ours in range(1, 6)]
    rows += ["", "| our place precision | ACLED geo_precision |", "|---|---|"]
    rows += [f"| {ours} | {GEO_PRECISION.get(ours, 'left out')} |" for ours in range(1, 8)]
    return "\n".join(rows) + "\n"


def _export_columns() -> str:
    """What stands in each column of each export, or why it stays empty."""
    titles = {
        "acled": "ACLED", "ucdp": "UCDP GED 23.1", "plover": "PLOVER", "gdelt": "GDELT events",
        "gdelt_mentions": "GDELT mentions",
    }  # fmt: skip
    parts = []
    for form, notes in load_exports(load_files()).columns.items():
        rows = [f"### {titles[form]}", "", "| | column | holds | empty, because |", "|---:|---|---|---|"]
        cells = ((n, note.name, note.holds or "", note.empty or "") for n, note in enumerate(notes, 1))
        rows += [f"| {n} | `{name}` | {_cell(holds)} | {_cell(empty)} |" for n, name, holds, empty in cells]
        parts.append("\n".join(rows))
    for level in ("incidents", "reports"):
        names = ", ".join(f"`{column.name}`" for column in flat_columns(level))
        parts.append(f"### Flat table of {level} (geojson, parquet, csv)\n\n{names}")
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main())
