"""Knowledge files: YAML as people write it, its mistakes with their lines, and the compiled form."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import hash_of, load_files, need, parse_yaml, sources


def parsed(text: str) -> Any:
    return parse_yaml("test.yaml", text.encode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.yaml").write_text("words: [قصف]\n", encoding="utf-8")
    (tmp_path / "inner" / "b.yaml").write_text("words: [غارة]\nmore: 1\n", encoding="utf-8")
    (tmp_path / "corpus_a.yaml").write_text("- not read\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 5", {"a": 5}),
        ("a: 2.5", {"a": 2.5}),
        ("a: true", {"a": True}),
        ("a: null", {"a": None}),
        ("a:", {"a": None}),
        ("a: no", {"a": "no"}),
        ("a: 2016-03-10", {"a": "2016-03-10"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: nan", {"a": "nan"}),
        ('a: "5"', {"a": "5"}),
        ("a: ٥", {"a": "٥"}),
        ("a: [قصف, غارة]", {"a": ["قصف", "غارة"]}),
        ("", None),
    ],
)
def test_scalars(text: str, value: Any) -> None:
    assert parsed(text) == value


def test_a_repeated_key_is_refused_with_its_line() -> None:
    with pytest.raises(KnowledgeError, match=r"test.yaml:3: the key 'قصف' stands here a second time"):
        parsed("قصف: 1\nغارة: 2\nقصف: 3\n")


def test_broken_yaml_is_refused_with_its_line() -> None:
    with pytest.raises(KnowledgeError, match=r"test.yaml:2: not valid YAML"):
        parsed("a: [قصف\nb: 1\n")


def test_other_encodings_are_refused() -> None:
    with pytest.raises(KnowledgeError, match="not UTF-8"):
        parse_yaml("test.yaml", "a: قصف".encode("cp1256"))


def test_sources_leave_the_examples_out(folder: Path) -> None:
    assert list(sources(folder)) == ["a.yaml", "inner/b.yaml"]


def test_loaded_files(folder: Path) -> None:
    files = load_files(folder)
    assert files.get("a.yaml") == {"words": ["قصف"]}
    assert files.folder("inner") == {"inner/b.yaml": {"words": ["غارة"], "more": 1}}
    assert files.hash == hash_of(sources(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"c\.yaml: this knowledge file is missing"):
        load_files(folder).get("c.yaml")


def test_an_error_names_the_line(folder: Path) -> None:
    error = load_files(folder).error("inner/b.yaml", "more:", "too much.")
    assert str(error) == "inner/b.yaml:2: too much."
    assert str(load_files(folder).error("a.yaml", "لا شيء", "not there.")) == "a.yaml: not there."


def test_the_compiled_form_is_used_only_when_it_fits(folder: Path) -> None:
    digest = load_files(folder).hash
    compiled = {"hash": digest, "content": {"a.yaml": "compiled"}}
    (folder / "compiled.json").write_bytes(orjson.dumps(compiled))
    assert load_files(folder).get("a.yaml") == "compiled"
    (folder / "a.yaml").write_text("words: [قصف, غارة]\n", encoding="utf-8")
    assert load_files(folder).get("a.yaml") == {"words": ["قصف", "غارة"]}


def test_the_hash_is_over_names_and_bytes() -> None:
    assert hash_of({"a": b"1", "b": b"2"}) == hash_of({"b": b"2", "a": b"1"})
    assert hash_of({"a": b"1\n"}) == hash_of({"a": b"1\r\n"})
    assert len({hash_of({"a": b"1"}), hash_of({"a": b"2"}), hash_of({"b": b"1"}), hash_of({})}) == 4


def test_needed_keys(folder: Path) -> None:
    files = load_files(folder)
    need(files, "a.yaml", {"id": "x", "type": "y"}, ("id",), ("type",))
    with pytest.raises(KnowledgeError, match="unknown key 'words' in the entry 'x'; known are id, type"):
        need(files, "a.yaml", {"id": "x", "words": 1}, ("id",), ("type",))
    with pytest.raises(KnowledgeError, match="the entry 'x' lacks 'type'"):
        need(files, "a.yaml", {"id": "x"}, ("id", "type"))


def test_what_no_coder_reads_does_not_change_the_hash_of_coding(folder: Path) -> None:
    before = load_files(folder)
    (folder / "exports").mkdir()
    (folder / "exports" / "codes.yaml").write_text("words: [قصف]\n", encoding="utf-8")
    after = load_files(folder)
    assert after.hash != before.hash
    assert after.coding == before.coding


def test_the_built_gazetteer_counts_for_the_hash_of_coding(folder: Path) -> None:
    before = load_files(folder)
    (folder / "gazetteer").mkdir()
    (folder / "gazetteer" / "gazetteer.json.zst").write_bytes(b"other places")
    after = load_files(folder)
    assert after.hash == before.hash
    assert after.coding != before.coding
