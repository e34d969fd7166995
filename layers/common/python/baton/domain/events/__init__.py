"""The events of a lead, by subject, and the union of all."""
