"""Proposals of points in the account: one run of a function learns from the table's leads, and keeps the result."""
