"""The index of words by which leads are found, and searches in it."""
