"""Business time: the opening hours of a calendar, and the end of a period in them."""
