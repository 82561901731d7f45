"""The report of an import when it is over."""
