"""A lead's timeline in words: one plain sentence for each event."""
