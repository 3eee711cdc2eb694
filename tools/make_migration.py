"""Writes the migration that leads from the newest one to the tables of `store/schema.py`; look it over before you keep it.

python tools/make_migration.py "what changes"

Afterwards set HEAD in `store/opening.py` to its number. While 0001 has not been released, `--first` makes it anew.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.operations.ops import MigrateOperation, OpContainer, UpgradeOps
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql

from waqai.store.schema import METADATA
from waqai.store.upgrading import FOLDER, migrate

VERSIONS = FOLDER / "versions"
WORD_INDEX = """
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE article_words USING fts5"
            "(title, body, more, content='', detail=full, tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute(
            "CREATE TABLE article_words "
            "(article INTEGER PRIMARY KEY REFERENCES articles (number), words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX article_words_words ON article_words USING gin (words)")
"""


def main() -> None:
    """Write it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("about", help="what changes, in a few words")
    options.add_argument("--first", action="store_true", help="make 0001 anew")
    asked = options.parse_args()
    before = [] if asked.first else sorted(path.stem[:4] for path in VERSIONS.glob("[0-9]*.py"))
    last = before[-1] if before else None
    number = f"{int(last or 0) + 1:04d}"
    path = VERSIONS / f"{number}_{re.sub(r'[^a-z0-9]+', '_', asked.about.lower()).strip('_')}.py"
    path.write_text(_content(asked.about, number, last), encoding="utf-8")
    sys.stdout.write(f"{path.name}: look it over, then set HEAD to {number!r} in store/opening.py\n")


def _content(about: str, number: str, last: str | None) -> str:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        if last:
            migrate(connection, last)
        context = MigrationContext.configure(connection, opts={"include_object": _ours})
        script = produce_migrations(context, METADATA)
    if script.upgrade_ops is None or script.upgrade_ops.is_empty():
        sys.exit("nothing has changed")
    tables: dict[str, list[MigrateOperation]] = {}
    for operation in _flat(script.upgrade_ops.ops):
        part = getattr(operation, "table_name", "other") + ("_indexes" if "Index" in type(operation).__name__ else "")
        tables.setdefault(part, []).append(operation)
    parts = [_function(table, operations) for table, operations in tables.items()]
    calls = "".join(f"    _{table}()\n" for table in tables)
    return (
        f'"""{about[0].upper()}{about[1:]}."""\n\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
        f"revision = {number!r}\ndown_revision = {last!r}\n\n\n"
        f'def upgrade() -> None:\n    """Make it so."""\n{calls}{"" if last else WORD_INDEX}\n\n{"".join(parts)}'
    )


def _flat(operations: Iterable[MigrateOperation]) -> Iterator[MigrateOperation]:
    for operation in operations:
        if isinstance(operation, OpContainer):
            yield from _flat(operation.ops)
        else:
            yield operation


def _function(table: str, operations: list[MigrateOperation]) -> str:
    body = render_python_code(
        UpgradeOps(operations),
        migration_context=_for_both(),
    )
    lines = [line for line in body.splitlines() if "# ###" not in line]
    return f"def _{table}() -> None:\n    " + "\n".join(lines).strip() + "\n\n\n"


def _for_both() -> MigrationContext:
    return MigrationContext.configure(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]


def _ours(_: object, name: str | None, kind: str, *__: object) -> bool:
    return not (kind == "table" and (name or "").startswith("article_words"))


if __name__ == "__main__":
    main()
