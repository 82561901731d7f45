"""What is derived of the text of a chapter or course."""
