"""What Alembic runs: the migrations on the connection that `store/upgrading.py` hands over, in its transaction."""

from alembic import context


def run() -> None:
    """Bring the record of the connection to the version asked for."""
    context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
    context.run_migrations()


if hasattr(context, "config"):  # not when somebody only looks at the module, as the doctests do
    run()
