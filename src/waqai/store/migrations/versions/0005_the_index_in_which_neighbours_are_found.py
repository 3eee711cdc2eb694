"""The index in which neighbours are found."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make it so."""
    _reports_indexes()


def _reports_indexes() -> None:
    op.drop_index(op.f("reports_place"), table_name="reports")
    op.create_index(
        "reports_place",
        "reports",
        ["place", "start", "end", "sub_event_type", "place_precision", "superseded"],
        unique=False,
    )
