"""The strongest link of each report."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make it so."""
    _reports()
    _reports_indexes()
    _wait()


def _reports() -> None:
    op.add_column("reports", sa.Column("top", sa.Float(), nullable=True))
    op.add_column("reports", sa.Column("nearest", sa.String(length=64), nullable=True))


def _reports_indexes() -> None:
    op.drop_index(op.f("reports_counts"), table_name="reports")
    op.create_index("reports_nearest", "reports", ["nearest"], unique=False)


def _wait() -> None:
    """All reports are clustered again: only that tells how strongly each is linked."""
    op.execute(
        "INSERT INTO pending (kind, what) SELECT 'report', id FROM reports WHERE superseded IS NULL ON CONFLICT DO NOTHING"
    )
