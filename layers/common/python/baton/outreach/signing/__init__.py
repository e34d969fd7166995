"""Writes the mails about drafts and versions of the agreement."""
