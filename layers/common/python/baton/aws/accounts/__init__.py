"""The list of target accounts."""
