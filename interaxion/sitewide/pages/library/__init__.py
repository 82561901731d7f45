"""The library: what the site discusses, as a list, as files for reference managers, and the page of each work."""
