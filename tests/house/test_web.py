"""The front end, without Node: both languages say the same things, and the built pages fit their sources."""

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
import yaml

from house.tree import DATA, ROOT
from waqai.model.control import Status
from waqai.model.incident import Grade

WEB = ROOT / "web"
WORDS = WEB / "src" / "lib" / "words"
FORMS = {"en": {"one", "other"}, "ar": {"zero", "one", "two", "few", "many", "other"}}
USED = re.compile(r"\bt\(\s*'([a-z_]+\.[\w.]+)'")
PHYSICAL = re.compile(r"\b(?:margin|padding|border)-(?:left|right)\b|\btext-align:\s*(?:left|right)\b|\bfloat:")


def words(language: str) -> dict[str, str | dict[str, str]]:
    return {
        f"{path.stem}.{key}": value
        for path in sorted((WORDS / language).glob("*.json"))
        for key, value in json.loads(path.read_text(encoding="utf-8")).items()
    }


def fields(value: str | dict[str, str]) -> set[str]:
    forms = [value] if isinstance(value, str) else list(value.values())
    return {field for form in forms for field in re.findall(r"\{(\w+)\}", form)}


def web_files() -> list[Path]:
    return sorted(path for path in (WEB / "src").rglob("*") if path.suffix in {".svelte", ".ts", ".css"})


def test_both_languages_have_the_same_words() -> None:
    assert words("ar").keys() == words("en").keys()
    assert len(words("ar")) > 100


def test_the_same_values_stand_in_both() -> None:
    english = words("en")
    wrong = [key for key, value in words("ar").items() if fields(value) != fields(english[key])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_counted_words_have_the_forms_of_the_language(language: str) -> None:
    wrong = [
        f"{key}: {sorted(value)}"
        for key, value in words(language).items()
        if isinstance(value, dict) and not {"one", "other"} <= value.keys() <= FORMS[language]
    ]
    assert not wrong, "\n".join(wrong)


def test_no_words_are_missing_where_pages_ask_for_them() -> None:
    held = words("en")
    wrong = [
        f"{path.relative_to(WEB)}: {key}"
        for path in web_files()
        for key in USED.findall(path.read_text(encoding="utf-8"))
        if key not in held
    ]
    assert not wrong, "\n".join(wrong)


def test_arabic_words_are_arabic() -> None:
    texts = [form for value in words("ar").values() for form in ([value] if isinstance(value, str) else value.values())]
    wrong = [text for text in texts if not re.search(r"[\u0621-\u064a]|^[\W\d_]*$|^\W*\{", text)]
    assert set(wrong) <= {"CSV", "JSON Lines", "GeoJSON"}


def test_sides_are_those_of_the_language() -> None:
    """Left and right are start and end: the same rules serve both directions of writing."""
    wrong = [str(path.relative_to(WEB)) for path in web_files() if PHYSICAL.search(path.read_text(encoding="utf-8"))]
    assert not wrong, "\n".join(wrong)


def test_nothing_is_asked_of_another_server() -> None:
    """No address of another server in the sources, but the names of namespaces."""
    wrong = [
        f"{path.relative_to(WEB)}: {found}"
        for path in [*web_files(), WEB / "index.html"]
        for found in re.findall(r"https?://[\w.-]+", path.read_text(encoding="utf-8"))
        if found not in ("http://www.w3.org",)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_types_of_the_map_are_those_of_the_codebook() -> None:
    """Every sub-event type of the codebook has a mark, under the type that it is of, and nothing else has."""
    text = (WEB / "src" / "lib" / "types_of_event.ts").read_text(encoding="utf-8").split("const SUBS")[1].split("};")[0]
    marked = {
        sub: name or quoted
        for name, quoted, subs in re.findall(r"^ {2}(?:(\w+)|'([^']+)'): \[([^\]]*)\]", text, re.MULTILINE)
        for sub in re.findall(r"'([^']+)'", subs)
    }
    codebook = yaml.safe_load((DATA / "codebook.yaml").read_text(encoding="utf-8"))
    assert marked == {one["sub_event_type"]: one["event_type"] for one in codebook["event_types"]}


@pytest.mark.parametrize("kept", ["camp", "weapon", "target", "sub", "grade", "status", "modality", "stance"])
def test_values_of_the_codebook_have_words(kept: str) -> None:
    codebook = yaml.safe_load((DATA / "codebook.yaml").read_text(encoding="utf-8"))
    lists = {"camp": "camps", "weapon": "weapons", "target": "targets", "modality": "modalities", "stance": "stances"}
    values = {
        "sub": [one["sub_event_type"] for one in codebook["event_types"]],
        "grade": list(get_args(Grade)),
        "status": list(get_args(Status)),
    }.get(kept) or codebook[lists[kept]]
    held = words("ar")
    assert [value for value in values if f"codebook.{kept}.{value}" not in held] == []


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_web", ROOT / "tools" / "build_web.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_web"] = module
    spec.loader.exec_module(module)
    return module


def test_the_built_pages_are_made_from_these_sources(tool: ModuleType) -> None:
    assert tool.recorded_hash() == tool.sources_hash(), "run: make web"


def test_a_changed_source_is_told(tool: ModuleType, tmp_path: Path) -> None:
    web = tmp_path / "web"
    (web / "src").mkdir(parents=True)
    for name in (
        "index.html",
        "package.json",
        "package-lock.json",
        "svelte.config.js",
        "tsconfig.json",
        "vite.config.ts",
    ):
        (web / name).write_text("x")
    before = tool.sources_hash(web)
    (web / "src" / "new.ts").write_text("export {};\n")
    assert tool.sources_hash(web) != before
