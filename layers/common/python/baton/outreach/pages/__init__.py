"""Writes the pages behind mailed links."""
