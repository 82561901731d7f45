"""The pages of jobs: how far one is, and its buttons."""
