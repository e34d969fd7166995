"""E-mail addresses, the ids of leads that follow from them, and the company behind a domain."""
