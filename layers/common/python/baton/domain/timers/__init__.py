"""When Baton has to look at a lead again, and what comes next for it."""
