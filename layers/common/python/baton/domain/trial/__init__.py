"""Tries an agreement on history: when each lead would have gone to sales under it, and what became of those leads."""
