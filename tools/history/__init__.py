"""Thirty days of made-up history for `make run`: what leads, sales and marketing did before the stack was started."""
