"""Says what counted outcomes tell, and how surely: intervals, tests, and how well an order tells wins from others."""
