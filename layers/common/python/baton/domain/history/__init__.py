"""Folding events into a lead, and what a command adds to its history."""
