"""Drafts of the agreement and their signatures."""
