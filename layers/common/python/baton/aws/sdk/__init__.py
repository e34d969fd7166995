"""A small client for AWS's services that speak JSON: what Baton needs of an SDK, and nothing that it has to load."""
