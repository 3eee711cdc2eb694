"""The store: where articles, reports, incidents, control and decisions are kept, in SQLite or PostgreSQL."""
