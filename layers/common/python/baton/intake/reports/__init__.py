"""Reads the query of a report."""
