"""The parts of reports: rows, periods, groups and spreads."""
