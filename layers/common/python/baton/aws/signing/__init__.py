"""Reads what mails about drafts and versions of the agreement say."""
