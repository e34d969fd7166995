"""Imports of leads or signals from an uploaded CSV file."""
