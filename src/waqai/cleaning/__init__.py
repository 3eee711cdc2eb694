"""Cleaning: from an article as given to sentences of prose, with the way back to every original character.

In the order of the work: `characters` (marks, presentation forms, entities, invisible signs), `mending` (words broken
up to pass filters), `furniture` (menus, teasers, forms), `sentences`; `offsets` keeps the way back; `clean` does all.
"""
