"""Baton decides when marketing hands a lead to sales, hands it over, and sees that somebody follows up."""
