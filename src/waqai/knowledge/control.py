"""Knowledge of control: what events say of who holds a place, how much evidence weighs, and how long it lasts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from waqai.arabic.letters import fold
from waqai.knowledge.codebook import load_codebook
from waqai.knowledge.files import KnowledgeFiles, load_files, need

_WEIGHTS, _PARTS = "control/weights.yaml", "control/parts.yaml"
_SHARES = ("effects", "voices", "dates", "areas")
_NEEDED = {
    "effects": ("takes", "loses", "holds", "besieges", "contests", "lifts_siege", "truce", "deploys", "clash"),
    "voices": ("party", "against_interest", "official", "neutral"),
    "dates": ("1", "2", "3", "4", "5"),
    "areas": ("area", "governorate"),
    "lasts": ("quiet", "takes", "holds", "area", "besieges", "contests", "disputed"),
    "rules": (
        "fills", "contests", "disputes", "fights", "settles", "follow_days", "lead_days", "implied_days", "part_fight_days",
        "part_stays_days", "vague_days", "widest_days",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ControlKnowledge:
    """Weights and spans of time by name (see the file), the roles' effects by (sub-event type, modality), and small lists.

    `repelled`, `attacks`, `entire`, `centre`, `entered`, `left` and `lost` are folded words, `partial` leads from such words to
    the part they tell; `helps` leads from a camp to the one it helps,
    `umbrella` from a camp to the one whose general name stands for it, too; `parts` holds the Arabic names of parts.
    """

    events: Mapping[tuple[str, str], tuple[str | None, str | None]]
    repelled: frozenset[str]
    attacks: frozenset[str]
    partial: Mapping[str, str]
    entire: frozenset[str]
    centre: frozenset[str]
    entered: frozenset[str]
    left: frozenset[str]
    lost: frozenset[str]
    effects: Mapping[str, float]
    voices: Mapping[str, float]
    dates: Mapping[str, float]
    areas: Mapping[str, float]
    lasts: Mapping[str, int]
    rules: Mapping[str, float]
    helps: Mapping[str, str]
    umbrella: Mapping[str, str]
    quarter_km: float
    parts: Mapping[str, str]

    def days(self, rule: str) -> int:
        """A rule that is a number of days."""
        return int(self.rules[rule])


def load_control(files: KnowledgeFiles | None = None) -> ControlKnowledge:
    """The knowledge of the folder `control`; KnowledgeError names the line of an entry that cannot be right."""
    files = files or load_files()
    content, parts = files.get(_WEIGHTS), files.get(_PARTS)
    need(
        files,
        _WEIGHTS,
        content,
        (
            "events",
            "repelled",
            "attacks",
            "partial",
            "entire",
            "centre",
            "entered",
            "left",
            "lost",
            *_NEEDED,
            "helps",
            "umbrella",
        ),
    )
    need(files, _PARTS, parts, ("quarter_km", "names"))
    tables = {name: _numbers(files, name, content[name]) for name in _NEEDED}
    camps = load_codebook(files).camps
    for name in ("helps", "umbrella"):
        for camp in (*content[name], *content[name].values()):
            if camp not in camps:
                raise files.error(_WEIGHTS, f"{name}:", f"{camp!r} is not in the camps of the codebook.")
    return ControlKnowledge(
        events=_events(files, content["events"]),
        repelled=frozenset(map(fold, content["repelled"])),
        attacks=frozenset(map(fold, content["attacks"])),
        partial=_partial(files, content["partial"], parts["names"]),
        entire=frozenset(map(fold, content["entire"])),
        centre=frozenset(map(fold, content["centre"])),
        entered=frozenset(map(fold, content["entered"])),
        left=frozenset(map(fold, content["left"])),
        lost=frozenset(map(fold, content["lost"])),
        effects=tables["effects"],
        voices=tables["voices"],
        dates=tables["dates"],
        areas=tables["areas"],
        lasts={name: int(days) for name, days in tables["lasts"].items()},
        rules=tables["rules"],
        helps=content["helps"],
        umbrella=content["umbrella"],
        quarter_km=float(parts["quarter_km"]),
        parts={code: names["ar"] for code, names in parts["names"].items()},
    )


def _partial(files: KnowledgeFiles, entries: Any, names: Any) -> dict[str, str]:
    for code in entries:
        if code not in names:
            raise files.error(_WEIGHTS, "partial:", f"{code!r} is not among the names in {_PARTS}.")
    return {fold(word): code for code, words in entries.items() for word in words}


def _numbers(files: KnowledgeFiles, name: str, table: Any) -> dict[str, float]:
    found = {str(key): float(value) for key, value in table.items()}
    for key in _NEEDED[name]:
        if key not in found:
            raise files.error(_WEIGHTS, f"{name}:", f"{name!r} lacks {key!r}.")
    for key, value in found.items():
        if value <= 0 or (name in _SHARES and value > 1):
            raise files.error(
                _WEIGHTS, f"{name}:", f"{key!r} of {name!r} is {value}: it must be above 0, a weight at most 1."
            )
    return found


def _events(files: KnowledgeFiles, entries: Any) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    codebook = load_codebook(files)
    found: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    for entry in entries:
        need(files, _WEIGHTS, entry, ("types", "modality"), ("actor1", "actor2"))
        for effect in (entry.get("actor1"), entry.get("actor2")):
            if effect is not None and effect not in _NEEDED["effects"]:
                raise files.error(_WEIGHTS, effect, f"{effect!r} is not among the effects.")
        for name in entry["types"]:
            if name not in codebook.event_types or entry["modality"] not in codebook.modalities:
                raise files.error(_WEIGHTS, name, f"{name!r}, {entry['modality']!r} is not in the codebook.")
            found[name, entry["modality"]] = (entry.get("actor1"), entry.get("actor2"))
    return found
