"""Publishing: the rule of what is live, the one way content is written, the one door between statuses."""
