"""Folders of Markdown that no generator builds."""
