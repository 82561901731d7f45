"""Changes to many things that can be taken back as one: merges, imports, replaced addresses, bulk actions."""
