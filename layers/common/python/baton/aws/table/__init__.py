"""The table: keys, items, reads, and the writes of one transaction."""
