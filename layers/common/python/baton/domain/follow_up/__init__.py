"""Acts on deadlines that have come, and finds leads whose timer was lost."""
