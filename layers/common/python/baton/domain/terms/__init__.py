"""What was agreed for one handoff, in numbers, as it is kept with the handoff and its events."""
