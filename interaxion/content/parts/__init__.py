"""Parts: the finished HTML or XML that lists and feeds show of one thing, derived when it is saved.

A part depends on its thing, the people in it, its category or course, and the settings in `parts_key()`; on nothing
else, and not on the clock. So whoever changes one of these writes the part anew or deletes it. A part that is missing
is made when a page needs it: that is slower, never wrong.
"""
