"""Conventions of Jekyll: the keys, dates and permalinks of its source files."""
