"""Shared by every export: rows as data, documents with their front matter, and the folder to write to."""
