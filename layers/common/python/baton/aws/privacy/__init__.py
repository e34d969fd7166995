"""Erasure, export and retention in the table."""
