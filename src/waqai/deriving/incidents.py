"""Incidents derived from the reports that wait in the store."""
