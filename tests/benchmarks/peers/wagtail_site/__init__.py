"""A plain Wagtail site that shows the same as ours, in the environment of `peers/.venv`."""
