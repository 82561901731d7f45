"""Rows and facts that are derived of the text of a chapter or course."""
