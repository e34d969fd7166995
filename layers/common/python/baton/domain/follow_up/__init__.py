"""What Baton does when a deadline comes, or when a timer was lost."""
