"""What every export shares: rows as data, documents with their front matter, and the folder they are written to."""
