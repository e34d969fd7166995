"""The API described (OpenAPI 3.1), from the template, the handlers and what they check. No function imports this."""
