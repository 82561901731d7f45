"""What feeds and structured data share: how XML and JSON-LD are written and read."""
