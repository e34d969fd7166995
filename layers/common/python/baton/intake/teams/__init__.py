"""Reads and checks the members of a team as staff writes them."""
