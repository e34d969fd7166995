"""Mails to sales, marketing and operations."""
