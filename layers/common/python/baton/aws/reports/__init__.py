"""Reading reports from the table, and their weekly mails."""
