"""Target accounts, and which of them a lead belongs to."""
