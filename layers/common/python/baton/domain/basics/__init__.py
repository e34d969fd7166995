"""Parts that every other part of the domain is made of."""
