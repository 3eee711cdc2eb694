"""`waqai evaluate`: coded reports against gold annotation."""

import json
import sys
from argparse import Namespace
from collections import defaultdict
from pathlib import Path
from typing import Any, NoReturn

from waqai.cli.arguments import Commands, UsageError, command

_MORE = """\
GOLD is a folder with one JSON file for each article; PREDICTIONS is the JSON Lines output of `waqai code`, or of any
program that writes doc_id, sub_event_type, modality, background, actor1, actor2, place, date, killed, injured,
attributed_to and evidence. `detection` asks for the type and the place (or the words); `strict` asks that sub-event
type, place, date, actor1 and modality are all right.
"""


def add(commands: Commands) -> None:
    """Put the command into the command line."""
    parser = command(commands, "evaluate", "compare coded events with gold annotation", _MORE)
    parser.add_argument("gold", metavar="GOLD", help="folder of gold files")
    parser.add_argument("predictions", metavar="PREDICTIONS", help="JSON Lines, one coded event a line")
    parser.add_argument("--docs", metavar="ID,ID", help="only these articles")
    parser.add_argument("--errors", action="store_true", help="list every event missed, spurious or wrong")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    parser.set_defaults(run=run)


def run(args: Namespace) -> int:
    """Do it; the exit status."""
    from waqai.evaluation import evaluate, figures
    from waqai.knowledge.codebook import load_codebook
    from waqai.knowledge.files import load_files

    everything = read_gold(args.gold)
    gold = _chosen(everything, args.docs)
    predictions = read_predictions(args.predictions)
    strange = sorted(predictions.keys() - {document["doc_id"] for document in everything})
    if strange:
        print(f"waqai: {len(strange)} doc_id have no gold, such as {strange[0]!r}", file=sys.stderr)
    tally = evaluate(gold, predictions, load_codebook(load_files()))
    found = figures(tally)
    found |= {"predicted": int(tally.predicted) if tally.predicted.is_integer() else tally.predicted}
    if args.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join([*(tally.errors if args.errors else []), *_lines(found)]))
    return 0


def _chosen(gold: list[dict[str, Any]], docs: str | None) -> list[dict[str, Any]]:
    if docs is None:
        return gold
    only = [name.strip() for name in docs.split(",")]
    unknown = [name for name in only if name not in {document["doc_id"] for document in gold}]
    if unknown:
        raise UsageError(f"--docs names articles that have no gold: {', '.join(map(repr, unknown[:5]))}")
    return [document for document in gold if document["doc_id"] in only]


def read_gold(folder: str) -> list[dict[str, Any]]:
    """The gold files of a folder in alphabetical order; UsageError when there are none or one is broken."""
    files = sorted(Path(folder).glob("*.json"))
    if not files:
        raise UsageError(f"there are no gold files (*.json) in {folder!r}")
    found: dict[str, tuple[Path, dict[str, Any]]] = {}
    for file in files:
        document = _gold(file)
        if document["doc_id"] in found:
            other = found[document["doc_id"]][0]
            raise UsageError(f"{file} has the doc_id {document['doc_id']!r}, and so has {other}")
        found[document["doc_id"]] = file, document
    return [document for _, document in found.values()]


def _gold(file: Path) -> dict[str, Any]:
    from waqai.cli.gold import fault_of_gold

    try:
        document: dict[str, Any] = _parsed(file.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise UsageError(f"{file}, line {error.lineno}: it is not valid JSON: {error.msg}") from None
    except (ValueError, OSError) as error:
        reason = getattr(error, "strerror", None) or _reason(error)
        raise UsageError(f"{file} is not a gold file: {reason}") from None
    fault = fault_of_gold(document)
    if fault:
        raise UsageError(f"{file} is not a gold file: {fault}")
    return document


def _parsed(text: str) -> Any:
    """What JSON says; ValueError for whatever is wrong with it."""
    try:
        return json.loads(text, parse_constant=_no_number)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _reason(error: Exception) -> str:
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)


def read_predictions(path: str) -> dict[str, list[dict[str, Any]]]:
    """The predictions of each article; UsageError names the line that is broken."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    try:
        lines = Path(path).read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot read {path!r}: {getattr(error, 'strerror', None) or _reason(error)}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            prediction = _prediction(line, f"{path}, line {number}")
            found[prediction["doc_id"]].append(prediction)
    return dict(found)


def _prediction(line: str, where: str) -> dict[str, Any]:
    try:
        prediction = _parsed(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}: it is not valid JSON: {error.msg}, column {error.colno}") from None
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from None
    if not isinstance(prediction, dict) or "doc_id" not in prediction:
        raise UsageError(f"{where}: it is no JSON object with a doc_id")
    if not isinstance(prediction["doc_id"], str):
        raise UsageError(f"{where}: its doc_id is not a string")
    return prediction


def _lines(found: dict[str, Any]) -> list[str]:
    quiet = found["quiet_documents"]
    fields = [f"  {name:<28} {held['right']:.3f} of {held['of']}" for name, held in found["fields_on_matched"].items()]
    return [
        f"{_counted(found['documents'], 'document')}, {_counted(found['gold'], 'gold event')}, "
        f"{found['predicted']} predicted",
        *(_rates(name, found[name]) for name in ("detection", "strict")),
        "fields of the events found:",
        *fields,
        "events found by type:",
        *(f"  {name:<44} {rate}" for name, rate in found["recall_by_type"].items()),
        f"documents without news: {quiet['documents']}, spurious events in them: {quiet['spurious']}",
    ]


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _rates(name: str, rates: dict[str, float]) -> str:
    return f"{name:<10} precision {rates['precision']:.3f}  recall {rates['recall']:.3f}  F1 {rates['f1']:.3f}"
