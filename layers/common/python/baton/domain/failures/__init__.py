"""Failures that operations have to know of: their kinds, and which of them are news."""
