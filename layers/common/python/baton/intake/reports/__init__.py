"""What somebody asks of a report."""
