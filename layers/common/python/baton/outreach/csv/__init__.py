"""Writes CSV files that open safely in a spreadsheet."""
