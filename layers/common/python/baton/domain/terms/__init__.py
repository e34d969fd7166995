"""The terms agreed for one handoff, in numbers, as they are stored with the handoff and its events."""
