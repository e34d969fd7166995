"""Lists of leads: which one is asked for, where it stands in the index, and its rows."""
