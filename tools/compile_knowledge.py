"""Write the compiled form of the knowledge files beside them, so that waqai starts fast.

python tools/compile_knowledge.py            write it
python tools/compile_knowledge.py --check    fail when it is out of step with the files
"""

import sys

import orjson

from waqai.knowledge.files import COMPILED, hash_of, parse_yaml, sources


def main() -> int:
    """Write or check; exit status 1 when a check fails."""
    raw = sources()
    held = {"hash": hash_of(raw), "content": {name: parse_yaml(name, data) for name, data in raw.items()}}
    text = orjson.dumps(held, option=orjson.OPT_SORT_KEYS) + b"\n"
    if "--check" in sys.argv[1:]:
        same = COMPILED.exists() and COMPILED.read_bytes() == text
        print(
            "compiled.json is in step."
            if same
            else "compiled.json is out of step: run python tools/compile_knowledge.py."
        )
        return 0 if same else 1
    COMPILED.write_bytes(text)
    print(f"{COMPILED.name}: {len(raw)} files, {len(text):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
