"""Sums up the rows of a trial, and tells their figures, each with the number of leads behind it."""
