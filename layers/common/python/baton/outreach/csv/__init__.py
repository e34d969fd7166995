"""Files that open safely in a spreadsheet."""
