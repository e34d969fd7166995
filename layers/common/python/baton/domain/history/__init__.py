"""Folds events into a lead, collects the events that a command adds, and reads merged histories as one."""
