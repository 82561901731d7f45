"""Links and works: what was linked where, what it is, and whether it is still there."""
