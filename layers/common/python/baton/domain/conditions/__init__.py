"""Conditions of the agreement, compiled and asked about a lead, and put into words."""
