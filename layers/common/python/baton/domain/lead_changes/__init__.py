"""Changes to a lead: facts that staff enter, merges, and the consequences of any change."""
