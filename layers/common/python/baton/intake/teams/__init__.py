"""People of a team as staff write them."""
