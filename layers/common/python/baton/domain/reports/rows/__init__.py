"""What reports are made of: the rows, the period, the groups of figures."""
