"""Recording signals: one, many, those of robots, those of unsubscribers."""
