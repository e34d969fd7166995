"""Checks of a whole draft: names that must exist elsewhere in it, clauses that contradict each other."""
