"""Search: Japanese that works, on SQLite and PostgreSQL alike, by an index of n-grams.

The steps that need no database are in `interaxion.text.search`: `folding` (which letters count as the same), `grams`
(text → the n-grams that the database indexes), `query` and `terms` (what a visitor typed), `matching` (where a term is
in a text), `fallbacks` (other readings of a query that finds nothing), `places` (where sections begin), `ranking`.

Here, `rows` keeps one row for each page that can be found, and says which rows follow from what. How they are written
is in `content_rows` (things), `name_rows` (people and tags, see `names`), `work_rows` (works, `shared_pages` among
them) and `said_rows`, and what each holds in `contents`. `index` is the only module that knows the database; `finding`
asks it; `results` is what a list shows of the pages found, with `excerpts` around the words.

One property holds: the grams of a text contain the grams of everything in it, in whatever spelling. So the index misses
nothing (no false negatives); what it finds too much is filtered out by looking at the text itself.
"""
