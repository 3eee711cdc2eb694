"""Page furniture: the headings and phrases of pages that are not the article."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from waqai.arabic.letters import fold
from waqai.knowledge.files import KnowledgeFiles, need

FILE = "furniture.yaml"
Where = Literal["whole", "start", "label", "inside", "number"]
Covers = Literal["line", "box", "tail", "end"]
_WHERE = ("whole", "start", "label", "inside", "number")
_ANYWHERE = ("inside", "number")
_COVERS = ("line", "box", "tail", "end")
_LISTS = ("inline", "menu", "roots", "bylines", "agencies", "sources", "general")
_WORD = re.compile(r"\w+")
_MARKS = str.maketrans("", "", "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0640")
NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class LineRule:
    """One phrase of `lines`: its words, where it stands, what it covers, how many words the line may have."""

    name: str
    words: tuple[str, ...]
    where: Where
    covers: Covers
    longest: int


@dataclass(frozen=True, slots=True)
class FurnitureKnowledge:
    """What tells furniture from prose; phrases are folded words with one space between them.

    `openings` holds the rules by the first word of their phrase, longest phrase first; `inside` those that hold
    anywhere in a line, with the phrase; `crumbs` the words with which a breadcrumb may begin.
    """

    openings: Mapping[str, tuple[LineRule, ...]]
    inside: tuple[tuple[str, LineRule], ...]
    inline: tuple[str, ...]
    menu: frozenset[str]
    roots: frozenset[str]
    bylines: frozenset[str]
    agencies: frozenset[str]
    sources: frozenset[str]
    general: frozenset[str]
    crumbs: frozenset[str]


def words_of(folded: str) -> tuple[str, ...]:
    """The words of a folded phrase or line, without its signs.

    >>> words_of("اقرا ايضا: ...")
    ('اقرا', 'ايضا')
    """
    return tuple(_WORD.findall(folded))


def load_furniture(files: KnowledgeFiles) -> FurnitureKnowledge:
    """The furniture of furniture.yaml; KnowledgeError names file and line of what is wrong."""
    content = files.get(FILE)
    if not isinstance(content, dict) or set(content) != {"lines", *_LISTS}:
        raise files.error(FILE, "lines:", f"the file has to have the keys lines, {', '.join(_LISTS)} and no others.")
    rules = [rule for entry in content["lines"] for rule in _rules(files, entry)]
    openings: dict[str, list[LineRule]] = {}
    for rule in rules:
        if rule.where not in _ANYWHERE:
            openings.setdefault(rule.words[0], []).append(rule)
    for found in openings.values():
        found.sort(key=lambda rule: (-len(rule.words), _WHERE.index(rule.where)))
    lists = {name: tuple(_phrase(files, phrase) for phrase in content[name]) for name in _LISTS}
    return FurnitureKnowledge(
        openings={word: tuple(found) for word, found in openings.items()},
        inside=tuple((" ".join(rule.words), rule) for rule in rules if rule.where in _ANYWHERE),
        inline=lists.pop("inline"),
        crumbs=frozenset(phrase.split()[0] for phrase in (*lists["menu"], *lists["roots"])),
        **{name: frozenset(phrases) for name, phrases in lists.items()},
    )


def _phrase(files: KnowledgeFiles, phrase: Any) -> str:
    found = " ".join(words_of(fold(str(phrase).translate(_MARKS))))
    if not found:
        raise files.error(FILE, str(phrase), f"{phrase!r} has no word in it.")
    return found


def _rules(files: KnowledgeFiles, entry: Mapping[str, Any]) -> Sequence[LineRule]:
    need(files, FILE, entry, ("rule", "where", "covers", "phrases"), ("longest",))
    where, covers, longest = entry["where"], entry["covers"], str(entry.get("longest") or NO_LIMIT)
    if where not in _WHERE:
        raise files.error(FILE, f"where: {where}", f"{where!r} is not one of {', '.join(_WHERE)}.")
    if covers not in _COVERS:
        raise files.error(FILE, f"covers: {covers}", f"{covers!r} is not one of {', '.join(_COVERS)}.")
    if not longest.isdigit():
        raise files.error(FILE, f"longest: {longest}", "longest is a number of words, 1 or more.")
    return [
        LineRule(
            str(entry["rule"]),
            tuple(_phrase(files, phrase).split()),
            cast(Where, where),
            cast(Covers, covers),
            int(longest),
        )
        for phrase in entry["phrases"]
    ]
