"""Rosters, and the lines in which leads wait."""
