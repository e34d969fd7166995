"""E-mail addresses, the ids of leads that follow from them, the company behind a domain, and phone numbers."""
