"""Checks of a draft that need more than one clause."""
