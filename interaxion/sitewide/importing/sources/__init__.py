"""What an import reads: a file, a folder or a zip."""
