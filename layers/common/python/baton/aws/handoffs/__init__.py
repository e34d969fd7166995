"""Handoffs by themselves: all of a lead, one by its id, and what they show."""
