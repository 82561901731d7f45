"""Changes to many things in the admin: the message that offers *Undo*, the list, and what each entry says."""
