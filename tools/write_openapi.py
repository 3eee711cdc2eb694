"""Write the schema of the API for the pages, whose types are made from it.

python tools/write_openapi.py [--check]

With --check nothing is written; the exit status is 1 when the file is out of step with the routes.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import orjson

from waqai.serving.app import make_app
from waqai.serving.settings import Settings
from waqai.store.opening import open_store

OUTPUT = Path(__file__).resolve().parents[1] / "web" / "src" / "lib" / "openapi.json"


def schema() -> bytes:
    """The schema as it is now: indented JSON, the same bytes for the same routes."""
    with tempfile.TemporaryDirectory(prefix="waqai-openapi-") as folder:
        record = str(Path(folder) / "empty.db")
        open_store(record, create=True).close()
        app = make_app(Settings(record))
        found = app.openapi()
        app.state.served.close()
    return orjson.dumps(found, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"


def main(arguments: Sequence[str]) -> int:
    """Write or check; returns the exit status."""
    found = schema()
    if "--check" not in arguments:
        OUTPUT.write_bytes(found)
        return 0
    if OUTPUT.exists() and OUTPUT.read_bytes() == found:
        return 0
    sys.stderr.write(f"{OUTPUT.name} is out of step with the API: run python tools/write_openapi.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
