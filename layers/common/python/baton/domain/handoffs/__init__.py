"""Commands on a handoff: offer, accept, contact, reassign, return, close, rate."""
