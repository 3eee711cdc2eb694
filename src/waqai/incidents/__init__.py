"""Incidents: which reports tell one happening, and what they say of it together. Pure: accounts in, incidents out."""
