"""The writing desk: the admin of every content class, and the pages beside its form."""
