"""Lists of leads or signals that somebody hands in as a file."""
