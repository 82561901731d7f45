"""The sources of an import: a file, a folder or a zip."""
