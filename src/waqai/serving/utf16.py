"""Offsets as browsers count: in code units of UTF-16. The record counts code points."""

from bisect import bisect_left


class Units:
    """The way from code points of a text to code units of UTF-16."""

    def __init__(self, text: str) -> None:
        self._wide = [place for place, character in enumerate(text) if character > "\uffff"]

    def at(self, place: int) -> int:
        r"""The code units before a code point.

        >>> Units("a\U0001f600b").at(2)
        3
        """
        return place + bisect_left(self._wide, place)

    def range(self, start: int, end: int) -> dict[str, int]:
        """A range in both ways of counting: `start` and `end` in code points, `start16` and `end16` in code units."""
        return {"start": start, "end": end, "start16": self.at(start), "end16": self.at(end)}
