"""The `waqai` command. Little is imported before signals are answered: Ctrl-C is one line from the first moment on."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from waqai.cli.stopping import Gate, Stopped, raise_when_stopped

if TYPE_CHECKING:
    from types import ModuleType

    from waqai.cli.commands import parser as parser
    from waqai.running import Opener

    COMMANDS: tuple[ModuleType, ...]


def __getattr__(name: str) -> object:
    """COMMANDS and parser, which need everything else to be imported."""
    if name not in ("COMMANDS", "parser"):
        raise AttributeError(name)
    from waqai.cli import commands

    return commands.parser if name == "parser" else commands.modules()


def main(arguments: Sequence[str] | None = None, opener: "Opener | None" = None) -> int:
    """Run one command; the exit status. `opener` opens the pipeline of a coder (default: the real one)."""
    try:
        with raise_when_stopped() as gate:
            return _guarded(list(sys.argv[1:] if arguments is None else arguments), opener, gate)
    except BrokenPipeError:
        return _reader_gone()
    except Stopped as stopped:
        print(f"waqai: {stopped}; what was written ends with a whole line", file=sys.stderr)
        return stopped.status
    except KeyboardInterrupt:  # outside the main thread, or before the first handler stands
        return 130
    except OSError as error:
        from waqai.cli.streams import one_line

        said = f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
        print(f"waqai: {one_line(said)}", file=sys.stderr)
        return 1


def _guarded(asked: list[str], opener: "Opener | None", gate: Gate) -> int:
    with gate.whole():  # a module of machine code that is interrupted while it begins may crash
        from waqai.cli.arguments import UsageError
        from waqai.cli.commands import parser
        from waqai.cli.streams import check_open, one_line, speak_utf8
        from waqai.running import open_default

    speak_utf8()
    try:
        whole = parser(asked)
        args = whole.parse_args(asked)
        check_open(args)
        if args.version:
            return _version()
        if args.command is None:
            whole.print_help(sys.stderr)
            return 2
        args.opener, args.gate = opener or open_default, gate
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except UsageError as error:
        print(f"waqai: {one_line(error)}", file=sys.stderr)
        return 2


def _version() -> int:
    from importlib.metadata import version

    print(f"waqai {version('waqai')}")
    return 0


def _reader_gone() -> int:
    """Whoever read our output has seen enough (`| head`): end without a word, as other commands do."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141


if __name__ == "__main__":
    sys.exit(main())
