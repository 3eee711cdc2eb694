"""Mentions: what a sentence names: numbers, dates, places, actors, persons, weapons, sources."""
