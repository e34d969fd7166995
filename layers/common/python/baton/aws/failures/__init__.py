"""Finds what failed for good, tells operations of it, and sends it on its way again."""
