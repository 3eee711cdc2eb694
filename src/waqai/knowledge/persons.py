"""Persons: the words that introduce them, and what their names are made of."""

from dataclasses import dataclass
from typing import Literal

from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles

FILE = "persons.yaml"
KEYS = ("ranks", "roles", "given", "family", "joints", "after_joint", "stops", "ends", "speech", "sites")
Introduction = Literal["rank", "role"]


@dataclass(frozen=True, slots=True)
class PersonKnowledge:
    """Ranks and roles, and the parts of names (folded).

    `stops` end the search for a name, `ends` (stops too) a name; `speech` are words before a family name alone,
    `sites` words before the name of a place.
    """

    introductions: PhraseTable[Introduction]
    given: frozenset[str]
    family: frozenset[str]
    joints: frozenset[str]
    after_joint: frozenset[str]
    stops: frozenset[str]
    ends: frozenset[str]
    speech: PhraseTable[str]
    sites: frozenset[str]


def load_persons(files: KnowledgeFiles) -> PersonKnowledge:
    """The words of `persons.yaml`; KnowledgeError (file, line) for a list unknown or missing, or a value not text."""
    content = files.get(FILE)
    for key in content:
        if key not in KEYS:
            raise files.error(FILE, f"{key}:", f"unknown list {key!r}; known are {', '.join(KEYS)}.")
    for key in KEYS:
        if not isinstance(content.get(key), list):
            raise files.error(FILE, f"{key}:", f"the list {key!r} is missing.")
        for word in content[key]:
            if not isinstance(word, str):
                raise files.error(FILE, str(word), f"{word!r} in {key!r} is no text; put it in quotes.")
    rows: list[tuple[str, Introduction]] = [(word, "rank") for word in content["ranks"]]
    rows += [(word, "role") for word in content["roles"]]
    return PersonKnowledge(
        PhraseTable(rows),
        _folded(content["given"]),
        _folded(content["family"]),
        _folded(content["joints"]),
        _folded(content["after_joint"]),
        _folded(content["stops"]),
        _folded(content["stops"]) | _folded(content["ends"]),
        PhraseTable([(word, word) for word in content["speech"]]),
        _folded(content["sites"]),
    )


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset(fold(word) for word in words)
