"""The marketing tools whose webhooks Baton reads, and their names as an agreement maps them."""
