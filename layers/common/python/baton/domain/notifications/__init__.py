"""Who hears of which event, and of what."""
