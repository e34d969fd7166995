"""What people do in the made-up history, each kind of them in a module."""
