"""The admin of works: titles and what else is known of them, look-ups, and works that may be one."""
