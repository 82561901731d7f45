"""Search without a database: Japanese text and queries, folded, cut into n-grams and matched.

`folding` says which spellings count as the same letters, `grams` cuts text into the n-grams that the database indexes,
`matching` builds the patterns that find a term in a text. `query` parses the words that a visitor typed into `terms`
(a `Term` knows its grams and patterns), `fallbacks` yields other readings of a query without results, `places` finds
the sections of a page in its text, and `ranking` scores how well a page answers. The tables, the index and the results
are in `interaxion.content.search`.

One rule holds it together: the index never misses. A text in which `matching` finds a term, in whatever spelling, has
all grams of the term. So the index returns every page that matches, and some that do not: looking at their text
removes those.
"""
