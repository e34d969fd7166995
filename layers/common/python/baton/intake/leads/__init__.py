"""What staff put down of a lead."""
