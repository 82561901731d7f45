"""Stored pages: the finished page of each address, in the language of its thing. They outlive each change of the site.

With a page stands its trace: the prepared queries that it was made from, in their order, each with a digest of its
rows. A request asks the database the same questions again, in a sixth of the time that making the page takes. As long
as the answers are the same, so is the page. So nobody has to know which change concerns which page, and none is ever
stale: a page that a change does concern is made for each visitor, as if it were not stored, until it is written again.

A save writes the page of its thing once it is committed. The worker writes the missing ones, and `tick` renews others.
"""
