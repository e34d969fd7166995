"""Reviews of many leads at once."""
