"""Shared by every import: the inputs of a run, the files around a document, and the one way into the database."""
