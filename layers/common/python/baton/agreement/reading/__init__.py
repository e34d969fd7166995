"""Reads a draft: its YAML, its faults, what it changes, and the JSON Schema for editors."""
