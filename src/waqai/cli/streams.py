"""The three streams of the program, made fit for Arabic; a closed one is said, not stumbled over."""

import os
import sys
from argparse import Namespace
from io import TextIOWrapper
from unicodedata import category

from waqai.cli.arguments import UsageError


def speak_utf8() -> None:
    """Print UTF-8 whatever the locale says; what cannot be encoded is escaped. Without standard error, say nothing."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program runs
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def one_line(text: object) -> str:
    """The words of an error, whatever names stand in them: what would break the line or move the cursor is escaped.

    >>> print(one_line("no file: a\\nb"))
    no file: a\\nb
    """
    return "".join(
        repr(letter)[1:-1] if category(letter) == "Cc" or letter in "\u2028\u2029" else letter for letter in str(text)
    )


def check_open(args: Namespace) -> None:
    """Raise UsageError when a stream that the command needs is closed."""
    if sys.stdout is None:
        if getattr(args, "output", None) is None or args.command == "demo":
            raise UsageError("standard output is closed (-o FILE writes to a file)")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the program runs
    if sys.stdin is None and "-" in getattr(args, "input", ()):
        raise UsageError("standard input is closed")
