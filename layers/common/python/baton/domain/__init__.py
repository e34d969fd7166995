"""What follows from the agreement for a lead: pure, with time, agreement and people as arguments."""
