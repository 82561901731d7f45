"""Sites of other systems: each kind is rewritten as the files of a site that the importers read.

What kind it is, its own files say (`detecting`); a kind is one module that returns a TranslatedSource.
"""
