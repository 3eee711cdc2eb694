"""Control in brief."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make it so; what stands in it is written when the newest tables are there, see `store/upgrading.py`."""
    op.create_table(
        "control_brief",
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("start", sa.String(length=10), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("place", "start"),
    )
