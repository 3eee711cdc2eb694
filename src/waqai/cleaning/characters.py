"""Characters: vowel marks, tatweel, presentation forms, invisible signs, control characters, HTML entities and tags."""

import re
import unicodedata
from functools import lru_cache
from html.entities import html5

from waqai.cleaning.offsets import IDENTITY, Edit, apply_edits
from waqai.model.text import OffsetMap

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufffc\ufffd\ud800-\udfff"
_CONTROLS = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
_LINES = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_FORMS = "\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"

_CHANGED = f"[\u0640{_MARKS}{_INVISIBLE}{_SPACES}{_CONTROLS}{_LINES}{_FORMS}\r&<]"
CHANGED = re.compile(f"{_CHANGED}{_CHANGED}*")  # `re` looks for a first character much faster than for a run of them
"""Runs of characters that may have to change; a text without any is clean as it is."""
_DROPPED = re.compile(f"[{_MARKS}{_INVISIBLE}\u0640]+")
_BRIDGE = re.compile("\u0640+[ .*/_\u200c\u200d-]{1,4}\u0640+(?=[\u0621-\u064a])")  # "انفجـ ـار": one word, broken up
_JOINING = re.compile("[\u0653-\u0655]")
_SPACE = re.compile(f"[{_SPACES}{_CONTROLS}]")
_LINE = re.compile(f"[{_LINES}\r]")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(nbsp|quot)(?![A-Za-z=]))"
)
_AMPERSAND = re.compile(r"&(?:amp;)+")
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9]{0,15})(?:[\s/][^<>]{0,500})?>|<!--[^<>]{0,500}-->")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*lt;(/?[A-Za-z][A-Za-z0-9]{0,15})(?:[\s/][^<>]{0,500}?)?&(?:amp;)*gt;")
_LINE_TAGS = frozenset(
    ("br", "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "hr")
)
_COMPOSED = {
    "ا\u0653": "آ",
    "ا\u0654": "أ",
    "ا\u0655": "إ",
    "و\u0654": "ؤ",
    "ي\u0654": "ئ",
    "ى\u0654": "ئ",
    "ی\u0654": "ئ",
    "ه\u0654": "ۀ",
    "ە\u0654": "ۀ",
}


@lru_cache(maxsize=4096)
def plain(character: str) -> str:
    r"""What one character reads as: itself, a space, a line end, nothing, or the letters of a presentation form.

    >>> plain("ﻻ"), plain("\u200f"), plain("\u00a0")
    ('لا', '', ' ')
    """
    if _DROPPED.match(character):
        return ""
    if _SPACE.match(character):
        return " "
    if _LINE.match(character):
        return "\n"
    if "\ufb50" <= character <= "\ufefc":
        return _DROPPED.sub("", unicodedata.normalize("NFKC", character).strip())
    return character


def clean_characters(text: str) -> tuple[str, OffsetMap]:
    """The text as a person reads it, and the map back; the very same text and the identity where nothing has to change.

    >>> clean_characters("قُتل جنديّ&nbsp;في حلب")[0]
    'قتل جندي في حلب'
    """
    if CHANGED.search(text) is None:
        return text, IDENTITY
    return apply_edits(text, _edits(text))


def _edits(text: str) -> list[Edit]:
    found: list[Edit] = []
    done = 0
    while run := CHANGED.search(text, done):
        start, done = run.span()
        if _DROPPED.fullmatch(text, start, done):
            found.append(_dropped(text, start, done))
            done = found[-1][1]
            continue
        position = start
        while position < done:
            edit = _edit(text, position)
            if edit is None:
                position += 1
            else:
                found.append(edit)
                position = edit[1]
        done = position
    return found


def _dropped(text: str, start: int, end: int) -> Edit:
    """A run of marks and tatweel: hamza and madda join their letter, a tatweel between spaces is a dash."""
    joining = _JOINING.search(text, start, end)
    if joining and start and (letter := _COMPOSED.get(text[start - 1] + joining.group())):
        return start - 1, end, letter
    if text[start] == "\u0640" and (bridge := _BRIDGE.match(text, start)) and text[start - 1 : start].isalpha():
        return start, bridge.end(), ""
    if "\u0640" in text[start:end] and text[start - 1 : start].isspace() and text[end : end + 1].isspace():
        return start, end, "-"
    return start, end, ""


def _edit(text: str, position: int) -> Edit | None:
    character = text[position]
    if character == "&":
        return _entity(text, position)
    if character == "<":
        return _tag(text, position)
    if match := _DROPPED.match(text, position):
        return _dropped(text, position, match.end())
    if character == "\r" and text[position + 1 : position + 2] == "\n":
        return position, position + 1, ""
    new = plain(character)
    return None if new == character else (position, position + 1, new)


def _entity(text: str, position: int) -> Edit | None:
    if match := _ESCAPED_TAG.match(text, position):
        return position, match.end(), _tag_text(match.group(1))
    if match := _ENTITY.match(text, position):
        new = _decoded(match.group(1) or match.group(2))
        return None if new is None else (position, match.end(), new)
    if match := _AMPERSAND.match(text, position):
        return position, match.end(), "&"
    before, after = text[position - 1 : position] if position else " ", text[position + 1 : position + 2]
    stray = (not after or after.isspace()) and not before.isascii()
    return (position, position + 1, "") if stray else None


def _decoded(name: str) -> str | None:
    """The character an entity stands for, cleaned; None for a name that is no entity."""
    if name[0] == "#":
        code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
        if code > 0x10FFFF:
            return ""
        character = bytes([code]).decode("cp1252", "replace") if 0x80 <= code < 0xA0 else chr(code)
    else:
        character = html5.get(name + ";", "")
        if not character:
            return None
    return "".join(plain(c) for c in character)


def _tag(text: str, position: int) -> Edit | None:
    match = _TAG.match(text, position)
    return (position, match.end(), _tag_text(match.group(1) or "")) if match else None


def _tag_text(name: str) -> str:
    return "\n" if name.strip("/").lower() in _LINE_TAGS else ""
