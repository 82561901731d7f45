"""Text without Django: Markdown, imported source files, URLs, search terms and what is derived from them."""
