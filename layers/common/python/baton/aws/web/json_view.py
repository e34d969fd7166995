"""The type of what the API shows."""

from typing import Any

View = dict[str, Any]
"""A JSON object in an answer of the API."""
