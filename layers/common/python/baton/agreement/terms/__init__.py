"""The agreement as it is stored and followed: teams, handoffs, clocks, calendars, forms, rules."""
