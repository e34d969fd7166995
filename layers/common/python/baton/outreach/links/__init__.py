"""Signed links in mails."""
