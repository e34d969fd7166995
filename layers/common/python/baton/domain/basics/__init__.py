"""Base types of the domain: frozen records, moments, amounts, points, and refusals."""
