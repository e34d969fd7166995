"""Reads the history of leads from lists: what became known of them, what they did, and what became of them."""
