"""Reads target accounts, one from a request or a list in CSV."""
