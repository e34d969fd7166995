"""Writes what Baton says to people: mails, signed links in them, pages behind the links, and files. It does no input or
output.
"""
