"""Jobs over all leads: rescoring, and the search for forgotten ones."""
