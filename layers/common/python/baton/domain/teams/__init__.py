"""Teams: people, absences, territories, turns, and who gets a lead."""
