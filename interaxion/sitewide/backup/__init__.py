"""Backup and restore: the whole site in one zip file, from either database and into either.

`manifest.json` says what is in it; `tables/` holds each table as JSON Lines, in the fields that its migrations say;
`media/` holds the files. Derived rows and files are not in it: they are made again.
"""
