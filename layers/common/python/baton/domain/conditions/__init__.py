"""Conditions of the agreement: compiled to functions, evaluated for a lead, and written in words."""
