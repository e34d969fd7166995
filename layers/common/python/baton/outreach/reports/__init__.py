"""Writes reports as a page, a mail, or CSV."""
