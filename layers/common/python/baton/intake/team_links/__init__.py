"""Reads the answers on pages behind links in mails to a team."""
