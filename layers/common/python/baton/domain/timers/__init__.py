"""The next deadline of a lead, the timer for it, and the next step that is owed."""
