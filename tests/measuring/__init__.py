"""Tests of what `make bench` measures by: the show that is made by chance, rounds, rows, and Wagtail's environment."""
