"""Every key of the table."""
