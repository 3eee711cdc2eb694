"""The codebook: the closed lists of the record, and the way from ACLED's types to PLOVER's."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from waqai.knowledge.files import KnowledgeFiles, load_files, need

_NAME = "codebook.yaml"
_LISTS = (
    "modalities",
    "stances",
    "outcomes",
    "standings",
    "levels",
    "times",
    "relations",
    "actor_kinds",
    "camps",
    "weapons",
    "targets",
    "source_kinds",
)


@dataclass(frozen=True, slots=True)
class Plover:
    """A type and mode of PLOVER; mode is None where PLOVER has none."""

    type: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A sub-event type of ACLED with its event type, its PLOVER form, and the family within which reports may merge."""

    sub_event_type: str
    event_type: str
    plover: Plover
    family: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """The closed lists, each in the order of the file; `allies` holds for each camp those on its side, itself among them."""

    event_types: Mapping[str, EventType]
    plover_modes: Mapping[tuple[str, str], str]
    modalities: tuple[str, ...]
    stances: tuple[str, ...]
    outcomes: tuple[str, ...]
    standings: tuple[str, ...]
    levels: tuple[str, ...]
    times: tuple[str, ...]
    relations: tuple[str, ...]
    actor_kinds: tuple[str, ...]
    camps: tuple[str, ...]
    weapons: tuple[str, ...]
    targets: tuple[str, ...]
    source_kinds: tuple[str, ...]
    allies: Mapping[str, frozenset[str]]

    def event_type(self, sub_event_type: str) -> str:
        """ACLED's event type of a sub-event type; KeyError when the codebook does not have it."""
        return self.event_types[sub_event_type].event_type

    def plover(self, sub_event_type: str, weapon: str | None) -> Plover:
        """PLOVER's type and mode; the weapon can make the mode a closer one. KeyError for an unknown sub-event type."""
        plover = self.event_types[sub_event_type].plover
        closer = self.plover_modes.get((weapon or "", sub_event_type))
        return Plover(plover.type, closer) if closer else plover


def load_codebook(files: KnowledgeFiles) -> Codebook:
    """The codebook of these knowledge files; KnowledgeError names the line of an entry that cannot be right."""
    content = files.get(_NAME)
    need(files, _NAME, content, ["event_types", "plover_modes", "allies", *_LISTS])
    types = _event_types(files, content["event_types"])
    lists = {name: _words(files, name, content[name]) for name in _LISTS}
    modes = _modes(files, content["plover_modes"], types, lists["weapons"])
    return Codebook(types, modes, **lists, allies=_allies(files, content["allies"], lists["camps"]))


@cache
def own_codebook() -> Codebook:
    """The codebook of the program's own knowledge files, read once in a process; KnowledgeError as `load_codebook` raises it."""
    return load_codebook(load_files())


def _event_types(files: KnowledgeFiles, entries: Any) -> dict[str, EventType]:
    found: dict[str, EventType] = {}
    for entry in entries:
        need(files, _NAME, entry, ["sub_event_type", "event_type", "plover", "family"])
        name = entry["sub_event_type"]
        if name in found:
            raise files.error(
                _NAME, f"sub_event_type: {name},", f"the sub-event type {name!r} stands here a second time."
            )
        need(files, _NAME, entry["plover"], ["type"], ["mode"])
        plover = Plover(entry["plover"]["type"], entry["plover"].get("mode"))
        found[name] = EventType(name, entry["event_type"], plover, entry["family"])
    return found


def _allies(files: KnowledgeFiles, groups: Any, camps: tuple[str, ...]) -> dict[str, frozenset[str]]:
    for camp in (camp for group in groups for camp in group):
        if camp not in camps:
            raise files.error(_NAME, camp, f"{camp!r} in 'allies' is no camp of this codebook.")
    return {camp: frozenset([camp, *(ally for group in groups if camp in group for ally in group)]) for camp in camps}


def _modes(
    files: KnowledgeFiles, entries: Any, types: Mapping[str, EventType], weapons: tuple[str, ...]
) -> dict[tuple[str, str], str]:
    found = {}
    for entry in entries:
        need(files, _NAME, entry, ["weapon", "sub_event_type", "mode"])
        weapon, name = entry["weapon"], entry["sub_event_type"]
        if weapon not in weapons or name not in types:
            wrong = weapon if weapon not in weapons else name
            raise files.error(_NAME, f"{{weapon: {weapon},", f"{wrong!r} is not in the lists of this codebook.")
        found[weapon, name] = entry["mode"]
    return found


def _words(files: KnowledgeFiles, name: str, entries: Any) -> tuple[str, ...]:
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise files.error(_NAME, f"{name}:", f"{name!r} must be a list of words.")
    for entry in entries:
        if entries.count(entry) > 1:
            raise files.error(_NAME, entry, f"{entry!r} stands twice in {name!r}.")
    return tuple(entries)
