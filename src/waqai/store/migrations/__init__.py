"""Migrations of the record, run by Alembic: from the first version of the tables to that of `store/schema.py`."""
