"""Publishing: the rule of what is live, and the tables that every kind of content has."""
