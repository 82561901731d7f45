"""Source files with front matter: parsing them, and writing them back with as few changes as possible."""
