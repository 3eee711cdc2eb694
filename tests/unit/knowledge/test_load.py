"""All knowledge together."""

import dataclasses

import pytest

from waqai.knowledge.errors import KnowledgeError
from waqai.knowledge.files import KnowledgeFiles, load_files
from waqai.knowledge.load import Knowledge, load_knowledge


def test_every_domain_is_loaded_and_the_hash_is_that_of_the_files() -> None:
    files = load_files()
    known = load_knowledge(files)
    assert known.hash == files.coding
    assert all(getattr(known, field.name) is not None for field in dataclasses.fields(Knowledge))


def test_knowledge_is_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        load_knowledge().hash = "other"  # type: ignore[misc]


def test_a_missing_file_is_named() -> None:
    files = load_files()
    content = {name: value for name, value in files.content.items() if name != "quiet.yaml"}
    with pytest.raises(KnowledgeError, match=r"quiet\.yaml: this knowledge file is missing"):
        load_knowledge(KnowledgeFiles(content, files.hash, files.root))
