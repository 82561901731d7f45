"""Citing: what is known of a work, and its spelling as a line of text, for BibTeX and for RIS."""
