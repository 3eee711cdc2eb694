"""Reading knowledge files: YAML that people edit, and a compiled form of the same bytes that loads fast.

The compiled form is used only when its hash equals the hash of the YAML as it lies there, so it can never be stale:
an edited file is parsed and checked anew (slower), and `python tools/compile_knowledge.py` makes it fast again.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson

from waqai.knowledge.errors import KnowledgeError

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.json"
# What no coder reads: a change there codes no article anew.
OF_THE_RECORD = ("comparison.yaml", "control/", "exports/", "incidents/")
BUILT = ("gazetteer/gazetteer.json.zst",)  # what is built and not edited, and read by coders all the same


@dataclass(frozen=True, slots=True)
class KnowledgeFiles:
    """The parsed knowledge files by their path below `data` ("months.yaml", "actors/syria.yaml").

    `hash` is that of all of them, `coding` that of all that coders read, the built gazetteer included.
    """

    content: Mapping[str, Any]
    hash: str
    root: Path
    coding: str = ""

    def get(self, name: str) -> Any:
        """The parsed content of one file; KnowledgeError when it is not there."""
        if name not in self.content:
            raise KnowledgeError(name, None, "this knowledge file is missing.")
        return self.content[name]

    def folder(self, name: str) -> dict[str, Any]:
        """The parsed content of every file of a folder, by path, in alphabetical order."""
        return {path: self.content[path] for path in sorted(self.content) if path.startswith(f"{name}/")}

    def error(self, name: str, needle: str, message: str) -> KnowledgeError:
        """An error that names the line of `name` on which `needle` last stands."""
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        found = [number for number, line in enumerate(lines, 1) if needle in line]
        return KnowledgeError(name, found[-1] if found else None, message)


def sources(root: Path = DATA) -> dict[str, bytes]:
    """The bytes of every knowledge file by its path below `root`; corpora are examples and not loaded."""
    found = sorted(p for p in root.rglob("*.yaml") if not p.name.startswith("corpus"))
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def hash_of(files: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over names and bytes."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name].replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def load_files(root: Path = DATA) -> KnowledgeFiles:
    """All knowledge files of `root`, compiled or parsed; KnowledgeError names the file and line that is wrong."""
    raw = sources(root)
    digest = hash_of(raw)
    built = {name: (root / name).read_bytes() for name in BUILT if (root / name).exists()}
    coding = hash_of({name: data for name, data in raw.items() if not name.startswith(OF_THE_RECORD)} | built)
    compiled = root / COMPILED.name
    if compiled.exists():
        held = orjson.loads(compiled.read_bytes())
        if held["hash"] == digest:
            return KnowledgeFiles(held["content"], digest, root, coding)
    return KnowledgeFiles({name: parse_yaml(name, data) for name, data in raw.items()}, digest, root, coding)


def parse_yaml(name: str, data: bytes) -> Any:
    """One YAML file as plain data; refuses repeated keys, tags and what is not YAML, with the line."""
    import yaml

    try:
        node = yaml.compose(data.decode("utf-8"), Loader=yaml.CSafeLoader)
    except UnicodeDecodeError:
        raise KnowledgeError(name, None, "the file is not UTF-8.") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise KnowledgeError(name, line, f"not valid YAML: {error.problem}.") from None
    return None if node is None else _plain(name, node)


def _plain(name: str, node: Any) -> Any:
    import yaml

    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                raise KnowledgeError(name, key.start_mark.line + 1, f"the key {key.value!r} stands here a second time.")
            found[key.value] = _plain(name, value)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(name, item) for item in node.value]
    return _scalar(node)


def _scalar(node: Any) -> Any:
    """YAML's plain scalars: true/false/null and whole or decimal numbers; everything else, dates too, stays text."""
    text = cast(str, node.value)
    if node.style:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "null", "~"):
        return None
    for kind in (int, float):
        try:
            return (
                kind(text)
                if text.isascii() and text.lower() not in ("nan", "inf", "-inf") and "_" not in text
                else text
            )
        except ValueError:
            continue
    return text


def need(
    files: KnowledgeFiles, name: str, entry: Mapping[str, Any], required: Sequence[str], optional: Sequence[str] = ()
) -> None:
    """Check the keys of one entry; KnowledgeError names the entry's line when a key is unknown or missing."""
    label = str(next(iter(entry.values()), ""))
    for key in entry:
        if key not in required and key not in optional:
            raise files.error(
                name,
                f"{key}:",
                f"unknown key {key!r} in the entry {label!r}; known are {', '.join([*required, *optional])}.",
            )
    for key in required:
        if entry.get(key) is None:
            raise files.error(name, label, f"the entry {label!r} lacks {key!r}.")
