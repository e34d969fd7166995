"""Formats times and names for people, and makes text of strangers safe."""
