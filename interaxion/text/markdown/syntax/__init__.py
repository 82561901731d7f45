"""Our additions to CommonMark, one plugin of the parser in each module."""
