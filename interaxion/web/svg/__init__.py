"""SVG pictures from elsewhere, cleaned."""
