"""Marketing's review of a lead: the checklist, and what follows from a verdict."""
