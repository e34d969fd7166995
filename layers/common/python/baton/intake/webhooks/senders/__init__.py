"""Reads webhooks; each tool that sends them has its module."""
