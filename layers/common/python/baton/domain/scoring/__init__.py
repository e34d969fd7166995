"""The score: points for fit and engagement, and how they fade."""
