"""Changes of what is known of a lead, and everything that follows from a change."""
