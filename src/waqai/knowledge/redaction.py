"""Knowledge of redaction: what names of persons are made of, and which sources are private persons."""

from collections.abc import Mapping
from dataclasses import dataclass

from waqai.arabic.letters import fold
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.knowledge.persons import load_persons

_NAME = "exports/redaction.yaml"


@dataclass(frozen=True, slots=True)
class RedactionKnowledge:
    """Folded words of names (see `knowledge.persons`), English spellings of them (`latin`, lower case), words after which a
    private person is named, and the words written in the place of a private source, by its kind.

    `beside` are words after which one listed name alone is a person's; `latin_joints` stand inside names in Latin letters;
    `phones` has the digits that follow the beginning of a telephone number. `bearing` are joints after which any word belongs
    to the name; `stops` are words that no name goes on with.
    """

    given: frozenset[str]
    family: frozenset[str]
    joints: frozenset[str]
    after_joint: frozenset[str]
    bearing: frozenset[str]
    stops: frozenset[str]
    latin: frozenset[str]
    latin_joints: frozenset[str]
    introductions: frozenset[str]
    beside: frozenset[str]
    phones: Mapping[str, int]
    kinds: Mapping[str, str]


def load_redaction(files: KnowledgeFiles) -> RedactionKnowledge:
    """The knowledge of `exports/redaction.yaml` and `persons.yaml`; KnowledgeError for a kind the codebook lacks."""
    content, persons = files.get(_NAME), load_persons(files)
    need(
        files,
        _NAME,
        content,
        ["introductions", "beside", "latin", "latin_joints", "phones", "bearing", "ordinary", "kinds"],
    )
    for kind in content["kinds"]:
        if kind not in files.get("codebook.yaml")["source_kinds"]:
            raise files.error(_NAME, f"{kind}:", f"{kind!r} is not in the list of the codebook.")
    spelled = files.get("sources/names.yaml").values()
    return RedactionKnowledge(
        persons.given,
        persons.family,
        persons.joints,
        persons.after_joint,
        frozenset(fold(word) for word in content["bearing"]),
        persons.ends | frozenset(fold(word) for word in content["ordinary"]),
        frozenset(word.lower() for name in spelled for word in str(name).replace("al-", "").split() if len(word) > 2)
        | frozenset(content["latin"]),
        frozenset(content["latin_joints"]),
        frozenset(fold(word) for word in content["introductions"]),
        frozenset(fold(word) for word in content["beside"]),
        {str(begin): int(digits) for begin, digits in content["phones"].items()},
        dict(content["kinds"]),
    )
