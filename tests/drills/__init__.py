"""Drills: the site with its real server under load, under attack, and while something breaks. `make drills` runs all.

Each module is a drill. Its `run(seconds)` yields what it measured and raises AssertionError if that is not enough.
"""
