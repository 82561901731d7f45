"""Pictures and files: re-encoded, stored by their hash, served with byte ranges."""
