"""Conditions of the agreement as people write them, and the patterns in them."""
