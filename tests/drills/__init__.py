"""Drills: the site under its real server while somebody does their worst. `make drills` runs them all.

A module a drill, with `run(seconds)`, which says what it measured and raises AssertionError where that is not enough.
"""
