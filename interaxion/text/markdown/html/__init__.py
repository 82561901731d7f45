"""Parsed Markdown to safe HTML: the walk over the tokens, raw HTML, embeds, pictures, code and the sanitiser."""
