"""Qualification: how far a lead is, which trigger hands it over, and what its review needs."""
