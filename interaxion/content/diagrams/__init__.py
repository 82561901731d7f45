"""Diagrams: Mermaid in a text, drawn when it is saved and kept as pictures."""
