"""A small client for AWS's services: what Baton needs of an SDK, and nothing that it has to load."""
