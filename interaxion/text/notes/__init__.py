"""Notes of an editor such as Obsidian: links by name, and the marks that only the editor knows. No Django."""
