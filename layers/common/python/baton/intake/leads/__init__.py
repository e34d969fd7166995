"""Reads what staff changes of a lead's facts."""
