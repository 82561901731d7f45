"""Bibliography: the records of papers and books that registries keep, asked for and read."""
