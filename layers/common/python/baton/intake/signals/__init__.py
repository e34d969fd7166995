"""Reads signals as tools and staff send them, one or a batch."""
