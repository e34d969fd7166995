"""Baton's words to people: the mails, the one-click links in them, and the pages behind the links. Pure."""
