"""Waqai (وقائع): reads Arabic reporting of armed conflict into attributed, dated, located events."""

__version__ = "0.1.0"
