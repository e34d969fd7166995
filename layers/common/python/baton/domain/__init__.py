"""The rules that decide what follows for a lead; pure, with time, agreement and people as arguments."""
