"""Learns from the histories that Baton stores, where the command learns from lists."""
