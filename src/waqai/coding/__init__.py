"""Coding: from a document and its mentions to reports. `grammar.py` is the door; the steps stand in its `code`."""
