"""Cursors: where a page ended, packed so that it stands in an address."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import orjson


def packed(spot: Sequence[Any]) -> str:
    """A spot as a cursor.

    >>> unpacked(packed(["name", "حلب", 3]))
    ['name', 'حلب', 3]
    """
    return base64.urlsafe_b64encode(orjson.dumps(spot)).decode().rstrip("=")


def unpacked(text: str) -> Any:
    """What a cursor holds; None when it is none.

    >>> unpacked("no cursor") is None
    True
    """
    try:
        return orjson.loads(base64.urlsafe_b64decode((text + "=" * (-len(text) % 4)).encode("ascii")))
    except (ValueError, TypeError, binascii.Error):
        return None
