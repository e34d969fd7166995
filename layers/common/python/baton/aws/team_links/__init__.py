"""What a link in a mail to a team shows and does: reviews of marketing, reassignments of managers."""
