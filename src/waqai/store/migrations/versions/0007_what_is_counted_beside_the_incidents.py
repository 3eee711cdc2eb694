"""What is counted beside the incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make it so; what stands in it is made when the newest tables are there, see `store/upgrading.py`."""
    op.create_table(
        "counted_incidents",
        sa.Column("piece", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("piece", "name"),
    )
    op.drop_index("reports_incident", table_name="reports")
    op.create_index("reports_incident", "reports", ["incident", "article"])
