"""Reads lists of leads or signals in CSV, a part of the file at a time."""
