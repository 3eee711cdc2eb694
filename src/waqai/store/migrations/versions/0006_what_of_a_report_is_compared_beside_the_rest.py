"""What of a report is compared, beside the rest of its account."""

import zlib
from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_AT_ONCE = 1000


def upgrade() -> None:
    """Make it so."""
    op.add_column("reports", sa.Column("outline", sa.Text(), nullable=False, server_default=""))
    _fill()
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("reports", "outline", server_default=None)


def _fill() -> None:
    """Part each account in two, a line of JSON for each part of it."""
    connection = op.get_bind()
    asked = sa.text("SELECT number, account FROM reports WHERE number > :last ORDER BY number LIMIT :most")
    filled = sa.text("UPDATE reports SET outline = :outline, account = :account WHERE number = :number")
    last = -1
    while rows := connection.execute(asked, {"last": last, "most": _AT_ONCE}).all():
        connection.execute(filled, [{"number": row.number, **_parted(orjson.loads(row.account))} for row in rows])
        last = rows[-1].number


def _parted(held: list[Any]) -> dict[str, str]:
    told, (actor1, actor2, target, place, date, casualties) = held[:3], held[3:9]
    killed, injured, claims, weapon, words, confidence, lent = held[9:16]
    marks = 0
    for word in words:
        marks |= 1 << (zlib.crc32(word.encode()) % 128)
    outline = ([*told, target, weapon], actor1, actor2, place, date, [killed, injured], f"{marks:x}")
    return {"outline": _lines(outline), "account": _lines((casualties, claims, " ".join(words), [confidence, lent]))}


def _lines(parts: tuple[Any, ...]) -> str:
    return b"\n".join([orjson.dumps(part) for part in parts]).decode()
