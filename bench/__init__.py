"""Measures what Baton costs: calls, capacity, start-up, processor time, memory and money. `make bench` runs it all."""
