"""Queries: what is asked of a record. Reads the store, never writes."""
