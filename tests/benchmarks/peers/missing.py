class Missing(Exception):
    """Something cannot be measured on this machine; the message says what it needs."""
