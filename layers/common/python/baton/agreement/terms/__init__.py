"""What is agreed, in the form in which Baton follows and keeps it."""
