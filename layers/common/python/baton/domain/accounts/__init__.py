"""Target accounts, their events, and the rules by which a lead belongs to one."""
