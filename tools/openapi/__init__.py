"""Describes the API (OpenAPI 3.1) from the template, the handlers and their checks. No function imports this."""
