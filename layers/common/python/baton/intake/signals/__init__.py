"""Signals as tools and staff send them."""
