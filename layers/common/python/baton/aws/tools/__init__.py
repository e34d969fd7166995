"""Marketing tools as administrators see them: when each was last heard, and what was not understood."""
