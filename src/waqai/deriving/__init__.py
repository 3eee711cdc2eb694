"""Deriving: incidents and control from what is pending in the store."""
