"""Knowledge of statements about who holds a place: the words, where place and actor stand about them, and small words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from waqai.arabic.letters import fold
from waqai.arabic.phrases import PhraseTable
from waqai.knowledge.files import KnowledgeFiles, need
from waqai.model.control import Effect

_STATEMENTS, _WORDS = "holding/statements.yaml", "holding/words.yaml"
_SETS = (
    "fillers", "between", "containers", "lists", "around", "inside", "within", "interior", "after", "became", "past",
    "since", "not", "no_longer", "lasts", "fights", "lead_up",
)  # fmt: skip
_SLOTS = frozenset({"place", "*", "actor"})


@dataclass(frozen=True, slots=True)
class Statement:
    """A way to say who holds a place. `orders` say where place and actor stand about the words ("*").

    `body`: not in a title; `beside`: the list of words one of which must stand near ("" for none); `shared`: several
    hold a part each; `dated`: says from which day on, and means nothing without one;
    `changes`: with a word for becoming it tells that the place was taken.
    """

    id: str
    effect: Effect
    orders: tuple[tuple[str, ...], ...]
    body: bool
    beside: str
    shared: bool
    dated: bool
    changes: bool


@dataclass(frozen=True, slots=True)
class HoldingKnowledge:
    """The statements by their words, the parts of a place by theirs, lists of small words (folded), the days that
    "weeks of" stands for, and the level of place that "the town" points back to."""

    statements: PhraseTable[Statement]
    parts: PhraseTable[str]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, PhraseTable[bool]]
    spans: Mapping[str, int]
    nouns: Mapping[str, str]


def load_holding(files: KnowledgeFiles) -> HoldingKnowledge:
    """The knowledge of the folder `holding`; KnowledgeError names the line of an entry that cannot be right."""
    content = files.get(_WORDS)
    need(files, _WORDS, content, (*_SETS, "spans", "parts", "nouns"))
    for name in _SETS:
        if not isinstance(content[name], list) or not all(isinstance(word, str) for word in content[name]):
            raise files.error(_WORDS, f"{name}:", f"{name!r} must be a list of words.")
    return HoldingKnowledge(
        PhraseTable(_statements(files, content)),
        PhraseTable([(phrase, part) for part, phrases in content["parts"].items() for phrase in phrases]),
        {name: frozenset(map(fold, content[name])) for name in _SETS},
        {name: PhraseTable([(phrase, True) for phrase in content[name]]) for name in ("no_longer", "lasts", "fights")},
        {fold(word): int(days) for word, days in content["spans"].items()},
        {fold(word): level for word, level in content["nouns"].items()},
    )


def _statements(files: KnowledgeFiles, words: Mapping[str, Any]) -> list[tuple[str, Statement]]:
    content = files.get(_STATEMENTS)
    need(files, _STATEMENTS, content, ("statements",))
    pairs: list[tuple[str, Statement]] = []
    owner: dict[str, str] = {}
    for entry in content["statements"]:
        statement = _statement(files, entry, words)
        for phrase in entry["words"]:
            if owner.setdefault(fold(phrase), statement.id) != statement.id:
                raise files.error(_STATEMENTS, phrase, f"{phrase!r} already stands under {owner[fold(phrase)]!r}.")
            pairs.append((phrase, statement))
    return pairs


def _statement(files: KnowledgeFiles, entry: Any, words: Mapping[str, Any]) -> Statement:
    need(files, _STATEMENTS, entry, ("id", "effect", "orders", "words"), ("body", "with", "part", "dated", "changes"))
    name = entry["id"]
    if entry["effect"] not in get_args(Effect):
        raise files.error(_STATEMENTS, name, f"{entry['effect']!r} is no effect: {', '.join(get_args(Effect))}.")
    orders = tuple(tuple(order.split()) for order in entry["orders"])
    for order in orders:
        if not set(order) <= _SLOTS or order.count("*") != 1 or "place" not in order:
            raise files.error(_STATEMENTS, name, f"the order {' '.join(order)!r} needs *, place, and perhaps actor.")
    if entry.get("with", "lasts") not in ("lasts", "fights"):
        raise files.error(_STATEMENTS, name, f"{entry['with']!r} is no list of {_WORDS}.")
    return Statement(
        name,
        entry["effect"],
        orders,
        bool(entry.get("body")),
        entry.get("with") or "",
        entry.get("part") == "shared",
        bool(entry.get("dated")),
        bool(entry.get("changes")),
    )
