"""Everything that can happen to a lead."""
