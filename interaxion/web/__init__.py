"""The one guard for every request that leaves this server."""
