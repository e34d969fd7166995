"""Target accounts, their events, and the rules that match a lead to one."""
