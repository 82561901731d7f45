"""SVG pictures that other programs made."""
