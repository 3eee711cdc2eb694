"""Bytes to text: UTF-8, UTF-16 with its mark, windows-1256. No newline is translated, only the mark is dropped."""

import codecs
import re

from waqai.reading.outcome import InputError

ARABIC = re.compile(r"[ء-غف-يٮ-ۓۮۯۺ-ۼ]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_KNOWN_BINARIES = (
    (b"%PDF", "it is a PDF file: save its text first"),
    (b"PK\x03\x04", "it is a ZIP or office file: unpack it, or save its text first"),
    (b"\x89PNG", "it is a picture"),
    (b"\xff\xd8\xff", "it is a picture"),
    (b"GIF8", "it is a picture"),
    (b"SQLite format 3", "it is a database"),
    (b"\xd0\xcf\x11\xe0", "it is an office file: save its text first"),
)
_CONTROL = bytes([*range(9), 11, *range(14, 32), 127])


def arabic_letters(text: str) -> int:
    """The number of letters of the Arabic script.

    >>> arabic_letters("قصف T4 ليلاً")
    7
    """
    return sum(map(len, ARABIC.findall(text)))


def letters(text: str) -> int:
    """The number of letters of any script."""
    return sum(map(len, _LETTERS.findall(text)))


def binary(head: bytes) -> str | None:
    """Why the first bytes of a file are no text; None when they may be."""
    for magic, reason in _KNOWN_BINARIES:
        if head.startswith(magic):
            return reason
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    controls = len(head) - len(head.translate(None, _CONTROL))
    return "it is a binary file, not text" if controls * 50 > len(head) else None


def without_nuls(data: bytes) -> bytes:
    """The bytes of a page without the stray NULs that a careless store pads it with; UTF-16 is left as it is."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    return data.replace(b"\0", b"")


def decode(data: bytes) -> tuple[str, int]:
    """The text of `data`, and how many of its bytes could not be read and stand as "\\ufffd".

    Bytes that are not valid UTF-8 are windows-1256 when that makes them Arabic. Raises InputError when neither fits.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
        return text, text.count("\ufffd")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), 0
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    if damaged * 50 <= len(text) and arabic_letters(text) > damaged:
        return text, damaged
    text = data.decode("cp1256")
    high = sum(not character.isascii() for character in text)
    if arabic_letters(text) * 2 > high and not _looks_double(text):
        return text, 0
    raise InputError("its bytes are neither UTF-8 nor Arabic in windows-1256")


def _looks_double(text: str) -> bool:
    """UTF-8 Arabic read as windows-1256 is a row of ط and ظ, every other letter."""
    return (text.count("ط") + text.count("ظ")) * 4 > len(text) - text.count(" ")


_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HONEST = {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6", "mac-arabic"}


def decode_page(data: bytes, charset: str | None = None) -> tuple[str, int]:
    """The text of a web page: by its byte order mark, the charset of the HTTP header or its meta tag, else as `decode`.

    A declared charset that cannot write Arabic, or does not fit the bytes, is not believed.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    found = _META_CHARSET.search(data, 0, 4096)
    declared = [charset] if charset else []
    if found:
        declared.append(found.group(1).decode("ascii"))
    for name in declared:
        try:
            if codecs.lookup(name).name in _HONEST:
                return data.decode(name), 0
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return decode(data)
