"""Incidents: windows, links, components, incidents, fields. Accounts in, incidents out; nothing here knows of the store."""
