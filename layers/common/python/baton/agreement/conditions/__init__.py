"""Conditions as people write them: tests of texts, numbers and signals, and the regular expressions in them."""
