"""Search: Japanese that works, on SQLite and PostgreSQL alike.

`folding` says what counts as the same spelling, `grams` cuts text into the pieces that the database indexes, `query`
reads what a visitor typed; all pure. `rows` keeps one row for each page that can be found, `index` is the only module
that knows the database, `finding` asks it, `ranking` says which page answers best and `excerpts` where it does.

The pieces promise one thing: what a text holds, its grams hold. So the index never misses; what it offers too much is
taken out by looking at the text itself.
"""
