"""Sets shares of reports side by side, with the interval of their difference."""
