"""Booked meetings of leads: when, with whom, where."""
