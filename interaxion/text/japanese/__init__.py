"""Rules of Japanese text: the sorting of names and the breaking of lines."""
