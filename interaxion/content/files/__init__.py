"""Pictures and files: encoded anew, stored by their hash, served with byte ranges."""
