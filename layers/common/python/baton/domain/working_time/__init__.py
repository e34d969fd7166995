"""Business time: the hours of a calendar, and when a period in it is over."""
