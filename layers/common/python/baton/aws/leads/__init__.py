"""Commands on leads, and leads as the API shows them."""
