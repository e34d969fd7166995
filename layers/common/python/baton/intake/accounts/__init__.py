"""Target accounts as people write them, one or a list."""
