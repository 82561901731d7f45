"""What is said of an import when it is over."""
