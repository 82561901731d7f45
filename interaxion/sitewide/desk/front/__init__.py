"""The front page of the desk."""
