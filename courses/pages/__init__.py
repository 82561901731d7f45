"""Data for the pages of a chapter and of a whole course."""
