"""Which event types of other datasets may be which of the record's, for setting them side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from waqai.knowledge.codebook import Codebook
from waqai.knowledge.files import KnowledgeFiles, need

Dataset = Literal["acled", "ucdp", "gdelt"]
_NAME = "comparison.yaml"


@dataclass(frozen=True, slots=True)
class ComparisonKnowledge:
    """The sub-event types that a type of another dataset may be, by dataset and type."""

    types: Mapping[tuple[str, str], frozenset[str]]

    def may_be(self, dataset: Dataset, type: str) -> frozenset[str]:
        """The sub-event types of the record that this type may be; none for a type that the record does not code."""
        return self.types.get((dataset, type), frozenset())


def load_comparison(files: KnowledgeFiles, codebook: Codebook) -> ComparisonKnowledge:
    """The knowledge of `comparison.yaml`; KnowledgeError on a type that the codebook lacks.

    ACLED's sub-event types may be any of their event type: two codings of one event seldom differ in more.
    """
    content = files.get(_NAME)
    need(files, _NAME, content, ["ucdp", "gdelt"])
    found: dict[tuple[str, str], frozenset[str]] = {}
    for dataset, rows in content.items():
        for code, names in rows.items():
            found[dataset, str(code)] = frozenset(_types(files, codebook, names))
    for kind in codebook.event_types.values():
        alike = [other.sub_event_type for other in codebook.event_types.values() if other.event_type == kind.event_type]
        found["acled", kind.sub_event_type] = found["acled", kind.event_type] = frozenset(alike)
    return ComparisonKnowledge(found)


def _types(files: KnowledgeFiles, codebook: Codebook, names: Iterable[str]) -> Iterable[str]:
    for name in names:
        fitting = [
            kind.sub_event_type
            for kind in codebook.event_types.values()
            if name in (kind.event_type, kind.sub_event_type)
        ]
        if not fitting:
            raise files.error(_NAME, name, f"the type {name!r} is not in the codebook.")
        yield from fitting
