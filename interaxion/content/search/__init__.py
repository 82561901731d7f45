"""Search: Japanese that works, on SQLite and PostgreSQL alike.

`folding` says what counts as the same letter, `grams` cuts text into the pieces that the database indexes, `matching`
says where a term stands in a text, `query` reads what a visitor typed as `terms`, and `readings` what else that may
mean; all pure. `rows` keeps one row for each page that can be found, with its `places` and the `names` of its people
and tags, and for works, `shared_pages` among them; `index` is the only module that knows the database, `finding` asks
it, `ranking` says which page answers best, and `found` is what a list shows of it, with `excerpts` around the words.

The pieces promise one thing: what a text holds, in whatever spelling, its grams hold. So the index never misses; what
it offers too much is taken out by looking at the text itself.
"""
