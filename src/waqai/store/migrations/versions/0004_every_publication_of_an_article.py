"""Every publication of an article."""

import hashlib

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make it so."""
    _publications()
    _publications_indexes()
    _fill()


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("article", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.Text(), nullable=False),
        sa.Column("newer", sa.String(length=64), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("published_from", sa.String(length=16), nullable=True),
        sa.Column("synthetic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"],
            ["articles.number"],
        ),
        sa.PrimaryKeyConstraint("mark"),
    )


def _publications_indexes() -> None:
    op.create_index("publications_article", "publications", ["article"], unique=False)
    op.create_index("publications_doc_id", "publications", ["doc_id"], unique=False)


def _fill() -> None:
    """What is known of each article is its first publication."""
    connection = op.get_bind()
    told = "doc_id, newer, outlet, url, language, published, published_from, synthetic"
    rows = connection.execute(sa.text(f"SELECT number AS article, key, {told} FROM articles ORDER BY number"))
    insert = sa.text(
        f"INSERT INTO publications (mark, article, {told}) VALUES (:mark, :article, :doc_id, :newer, :outlet, :url, "
        ":language, :published, :published_from, :synthetic)"
    )
    while some := rows.mappings().fetchmany(1000):
        connection.execute(insert, [_marked(row) for row in some])


def _marked(row: sa.RowMapping) -> dict[str, object]:
    told = [row["key"], row["doc_id"], row["outlet"], row["url"], row["published"]]
    return {**row, "mark": hashlib.sha256(orjson.dumps(told)).hexdigest()}
