"""The permissions of staff in marketing, sales and administration."""
