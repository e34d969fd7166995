"""What sales does with a handoff: offer, accept, contact, reassign, return, close, rate."""
