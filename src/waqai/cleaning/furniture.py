"""Furniture: menus, breadcrumbs, teasers of other articles, forms and by-lines, told apart from the article's prose.

Lines are looked at in passes: each by itself, then runs of menu entries, then what headings cover, then paragraphs of
other articles glued to the end. Where nothing is sure, a line is prose.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from waqai.knowledge.furniture import FurnitureKnowledge, LineRule
from waqai.model.text import Block

_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"\w+")
_SPLIT = re.compile(r"\s*[-/|:()\[\]،»«>›\"]+\s*")
_CRUMB = re.compile(r'[/|>›]|(?:\s"\s)|»|«|←')
_LABEL = re.compile(r'\s*(?::|\.\.|…|\||-|>|")')
_CODE = re.compile(r"function\s*\(|[{};]\s*$|^[.#]?[\w-]+\s*\{|googletag")
_MORE_WORD = "المزيد"
_MORE = re.compile(r"\.{2,}\s*المزيد\s*$")
_STOPS = '.!?"”»)'
_CUT = ("..", "…")  # how a teaser ends
_HEAD = 160  # code points of a line whose words are all looked at
_OPENING = 60  # and of a longer one
_PROSE = 12  # words of a line that is surely prose when it ends with a full stop
_SHORT = 20  # words of a title in a box
_BOX = 3  # titles in a box
_LEAST = 5  # words of a title
_TAG_LINES = 12
_TOP = 8  # lines in which a by-line of unknown names may stand


@dataclass(slots=True)
class _Line:
    """One line that is not blank: where it stands, its first words, about how many it has, and the verdict on it."""

    start: int
    end: int
    text: str
    words: Sequence[str]
    size: int
    after_blank: bool
    rule: str = ""
    heading: LineRule | None = None

    @property
    def stopped(self) -> bool:
        """Whether it ends like a sentence; dots that say "more" do not count."""
        text = self.text
        return text[-1] in _STOPS and not text.rstrip('"”»)').endswith(_CUT)

    @property
    def prose(self) -> bool:
        return self.size >= _PROSE and self.stopped and not self.rule


def blocks(folded: str, title: str, knowledge: FurnitureKnowledge) -> tuple[Block, ...]:
    """The blocks of a folded body, in order, covering all of it; `title` is the folded title or empty."""
    lines = _lines(folded)
    for i, line in enumerate(lines):
        _own(line, knowledge)
        if line.rule == "box" and (i == 0 or line.text == title.strip()):
            line.rule, line.heading = "", None  # a headline that begins with "look:"
    _bylines(lines, title.strip(), knowledge)
    _menus(lines, knowledge)
    _covered(lines, title, knowledge)
    _glued(lines, title, knowledge)
    _titles_below(lines, title, knowledge)
    _repeated(lines, title)
    return _blocks(folded, lines, knowledge)


def _repeated(lines: Sequence[_Line], title: str) -> None:
    """The headline and the captions that a page prints again: what is said once more in the same words tells nothing more."""
    seen = {" ".join(_WORD.findall(title))}
    for line in lines:
        words = " ".join(_WORD.findall(line.text)) if len(line.text) <= _HEAD * 2 else line.text
        if line.size >= _LEAST - 1 and not line.rule and words in seen:
            line.rule = "repeated"
        seen.add(words)


def _lines(folded: str) -> list[_Line]:
    found: list[_Line] = []
    previous = -1
    for match in _LINE.finditer(folded):
        start, end = match.span()
        text = match.group().strip()
        if not text:
            continue
        words = _WORD.findall(text if len(text) <= _HEAD else text[:_OPENING])
        size = len(words) if len(text) <= _HEAD else text.count(" ") + 1
        found.append(_Line(start, end, text, words, size, previous >= 0 and folded.count("\n", previous, start) > 1))
        previous = end
    return found


def _own(line: _Line, knowledge: FurnitureKnowledge) -> None:
    """What the line says of itself."""
    words = line.words
    if not words:
        line.rule = "signs"
        return
    if words[0].isascii() and _CODE.search(line.text):
        line.rule = "code"
        return
    for rule in knowledge.openings.get(words[0], ()):
        size = len(rule.words)
        if line.size <= rule.longest and tuple(words[:size]) == rule.words and _fits(line, rule):
            line.rule = rule.name
            line.heading = rule if rule.where == "whole" else None
            return
    if line.size <= _SHORT * 2:
        joined = f" {' '.join(words)} "
        for phrase, rule in knowledge.inside:
            if line.size > rule.longest or f" {phrase} " not in joined:
                continue
            if rule.where == "inside" or _counts(words, phrase):
                line.rule = rule.name
                return
        if _breadcrumb(line, knowledge):
            line.rule = "breadcrumb"
        elif line.text[0] == "#" and all(part.startswith("#") for part in line.text.split()):
            line.rule = "tags"


def _counts(words: Sequence[str], phrase: str) -> bool:
    """Whether a line is the phrase and a number."""
    rest = [word for word in words if not word.isdigit()]
    return len(rest) < len(words) and " ".join(rest) == phrase


def _fits(line: _Line, rule: LineRule) -> bool:
    size = len(rule.words)
    if rule.where == "whole":
        return line.size == size
    if rule.where == "start":
        return True
    position = 0
    for word in rule.words:
        position = line.text.index(word, position) + len(word)
    return _LABEL.match(line.text, position) is not None


def _breadcrumb(line: _Line, knowledge: FurnitureKnowledge) -> bool:
    if line.words[0] not in knowledge.crumbs or not (signs := _CRUMB.findall(line.text)):
        return False
    first = " ".join(_WORD.findall(_CRUMB.split(line.text, maxsplit=1)[0]))
    return first in knowledge.roots or (len(signs) > 1 and first in knowledge.menu)


def _parts(text: str) -> list[str]:
    return [part for part in (" ".join(_WORD.findall(piece)) for piece in _SPLIT.split(text)) if part]


def _bylines(lines: Sequence[_Line], title: str, knowledge: FurnitureKnowledge) -> None:
    for i, line in enumerate(lines):
        if line.rule or line.size > 14 or line.text[-1] in ".!?" or line.text == title:
            continue
        parts = _parts(line.text)
        if line.size <= 9 and _byline(line, parts, i, knowledge):
            line.rule = "byline"
        elif i and len(parts) > 1 and parts[-1] in knowledge.sources:
            line.rule = "caption"


def _byline(line: _Line, parts: Sequence[str], i: int, knowledge: FurnitureKnowledge) -> bool:
    agencies, words = knowledge.agencies, line.words
    if all(part in agencies for part in parts):
        return True
    if len(parts) > 1 and any(part in agencies for part in parts):
        longest = max(part.count(" ") + 1 for part in parts if part not in agencies)
        return longest < (4 if parts[-1] in agencies else 3)
    if len(parts) == 1 and any(" ".join(words[-n:]) in agencies for n in (2, 3) if len(words) - n in (1, 2)):
        return True
    if len(parts) > 1 and parts[0] in knowledge.bylines and line.size <= 7:
        return True
    return i < _TOP and len(parts) > 1 and line.text.endswith("/") and line.size <= 7


def _menus(lines: Sequence[_Line], knowledge: FurnitureKnowledge) -> None:
    """Runs of three short lines of which half are known entries; an entry on top or beside other furniture."""
    menu = knowledge.menu
    i = 0
    while i < len(lines):
        end = i
        while end < len(lines) and lines[end].size <= 4 and lines[end].text[-1] not in ".!?":
            end += 1
        known = sum(" ".join(line.words) in menu or bool(line.rule) for line in lines[i:end])
        if end - i >= 3 and known * 2 >= end - i:
            for line in lines[i:end]:
                line.rule = line.rule or "menu"
        i = end + 1
    for i, line in enumerate(lines):
        if not line.rule and line.size <= 4 and " ".join(line.words) in menu:
            beside = [lines[k] for k in (i - 1, i + 1) if 0 <= k < len(lines)]
            if (i == 0 and len(lines) > 2) or any(near.rule in _PAGE for near in beside):
                line.rule = "menu"


_PAGE = frozenset(("menu", "breadcrumb", "share", "related", "copyright", "comments", "tags", "counter", "cookies"))


def _covered(lines: Sequence[_Line], title: str, knowledge: FurnitureKnowledge) -> None:
    """What the headings cover below them."""
    told = 0  # lines of prose above
    i = 0
    while i < len(lines):
        line = lines[i]
        heading, covers = line.heading, line.heading.covers if line.heading else "line"
        if heading is None or covers == "line" or not told:
            told += line.prose
            i += 1
            continue
        if covers in ("tail", "end") and told >= 2:
            stop = _resumes(lines, i + 1, title, knowledge, told) if covers == "tail" else _end(lines, i + 1)
        elif covers == "end":
            stop = i + 1
        else:
            stop = _box(lines, i + 1, heading.name)
        for below in lines[i + 1 : stop]:
            below.rule = below.rule or heading.name
        i = stop


def _box(lines: Sequence[_Line], i: int, name: str) -> int:
    """The end of a box: up to three titles below its heading, many short ones for tags."""
    tags = name == "tags"
    last = min(len(lines), i + (_TAG_LINES if tags else _BOX))
    while i < last and not lines[i].heading:
        line = lines[i]
        if line.stopped or (line.size > (4 if tags else _SHORT) and (tags or not line.text.endswith(_CUT))):
            break
        i += 1
    return i


def _end(lines: Sequence[_Line], i: int) -> int:
    """Comments run to the end, unless as much prose as an article has follows."""
    run = 0
    for k in range(i, len(lines)):
        run = run + 1 if lines[k].prose else 0
        if run == 4:
            return k - 3
    return len(lines)


def _resumes(lines: Sequence[_Line], i: int, title: str, knowledge: FurnitureKnowledge, told: int) -> int:
    """The line at which the article goes on after teasers: two lines of prose in a row, or one on its topic."""
    topic: set[str] | None = None
    for k in range(i, len(lines)):
        if not lines[k].prose:
            continue
        if k + 1 < len(lines) and lines[k + 1].prose:
            return k
        teaser = k > i and not lines[k - 1].stopped and lines[k - 1].size <= _SHORT
        if not teaser:
            topic = topic or _topic(lines, title, knowledge)
            if len(_content(lines[k].text, knowledge) & topic) >= 3:
                return k
    return len(lines)


def _content(text: str, knowledge: FurnitureKnowledge) -> set[str]:
    """The words of a text that can tie it to another: four letters or more, less the conjunction and the article."""
    found = set()
    for word in _WORD.findall(text):
        if word in knowledge.general:
            continue
        bare = word[1:] if word[0] in "وف" and len(word) > 5 else word
        bare = (
            bare[2:] if bare.startswith(("ال", "لل")) else bare[3:] if bare.startswith(("بال", "وال", "كال")) else bare
        )
        if len(bare) > 3 and not bare.isdigit() and bare not in knowledge.general:
            found.add(bare)
    return found


def _topic(lines: Sequence[_Line], title: str, knowledge: FurnitureKnowledge) -> set[str]:
    """The content words of the title and the first three lines of prose."""
    lead = [line.text for line in lines if not line.rule and line.size > 5][:3]
    return _content(" ".join([title, *lead]), knowledge)


def _glued(lines: Sequence[_Line], title: str, knowledge: FurnitureKnowledge) -> None:
    """Paragraphs of other articles glued to the end: after the only blank line, cut off, about something else each."""
    gaps = [i for i, line in enumerate(lines) if line.after_blank and i > 2]
    if not title or len(gaps) != 1 or len(lines) - gaps[0] > gaps[0] + 2:
        return
    tail = [line for line in lines[gaps[0] :] if not line.rule]
    if not tail or any(line.size < _PROSE or line.text[0] == "و" for line in tail):
        return
    cut = sum(line.text[-1].isalnum() for line in tail)
    topic = _topic(lines[: gaps[0]], title, knowledge)
    contents = [_content(line.text, knowledge) for line in tail]
    near = sum(len(words & topic) > 1 for words in contents)
    ties = sum(len(a & b) > 1 for k, a in enumerate(contents[:12]) for b in contents[k + 1 : 12])
    if cut and near * 4 <= len(tail) and ties * 3 <= len(tail) and (len(tail) > 1 or not contents[0] & topic):
        for line in tail:
            line.rule = "glued"


def _titles_below(lines: Sequence[_Line], title: str, knowledge: FurnitureKnowledge) -> None:
    """Titles of other articles listed below without a heading: three or more, where the article's own lines all end."""
    start = len(lines)
    while start and not lines[start - 1].stopped and _LEAST <= lines[start - 1].size <= _SHORT + 5:
        start -= 1
    tail, told = lines[start:], [line for line in lines[:start] if line.size >= _PROSE and not line.rule]
    if len(tail) < 3 or len(told) < 3 or not all(line.stopped for line in told) or any(line.rule for line in tail):
        return
    topic = _topic(lines[:start], title, knowledge)
    near = sum(len(_content(line.text, knowledge) & topic) > 1 for line in tail)
    if not near and not any(line.text[0] in "و-–•*" for line in tail):
        for line in tail:
            line.rule = "titles"


def _blocks(folded: str, lines: Sequence[_Line], knowledge: FurnitureKnowledge) -> tuple[Block, ...]:
    marks: list[tuple[int, str]] = []  # where a rule begins to hold
    phrases = [phrase for phrase in knowledge.inline if phrase in folded]
    for line in lines:
        marks.append((line.start, line.rule))
        cuts = [cut for cut in (folded.find(phrase, line.start, line.end) for phrase in phrases) if cut >= 0]
        if not line.rule and (more := line.text.endswith(_MORE_WORD) and _MORE.search(folded, line.start, line.end)):
            cuts.append(more.start())
        if cuts and not line.rule:
            marks.append((min(cuts), "inline"))
    found: list[Block] = []
    for k, (start, rule) in enumerate(marks):
        end = marks[k + 1][0] if k + 1 < len(marks) else len(folded)
        start = 0 if not k else start
        if found and found[-1].rule == rule:
            found[-1] = Block(found[-1].start, end, found[-1].kind, rule)
        else:
            found.append(Block(start, end, "furniture" if rule else "prose", rule))
    return tuple(found) or ((Block(0, len(folded), "furniture", "signs"),) if folded else ())
