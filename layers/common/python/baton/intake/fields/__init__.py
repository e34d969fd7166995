"""Checks of single fields (e-mail, phone, country, consent, …), and their faults."""
