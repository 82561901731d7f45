"""The public site as plain files, for hosts without a program: GitHub Pages, nginx with `try_files`.

`site.py` asks the site for its pages as a visitor does, and follows their addresses; `places.py` says which file holds
an address; `search_words.py` writes what the browser searches in; `publishing.py` does it again whenever something has
changed, and runs the operator's command.
"""
