"""The writing desk: what the admin is made of, and each page beside its form."""
