"""What the members of staff in marketing, sales and administration may do."""
