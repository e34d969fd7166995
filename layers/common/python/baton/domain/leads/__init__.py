"""The lead and its parts: handoff, duty, clocks, what was counted of its signals."""
