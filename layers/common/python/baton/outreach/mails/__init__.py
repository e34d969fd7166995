"""Writes the mails to sales, marketing and operations."""
