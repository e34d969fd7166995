"""Decides who is notified of which event."""
