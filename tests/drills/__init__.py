"""Drills: the site with its real server under a heavy or hostile load. `make drills` runs them all.

Each module is a drill. Its `run(seconds)` yields what it measured and raises AssertionError if that is not enough.
"""
