"""Checks of single fields (e-mail, phone, country, consent, …), and what is told to the sender of a wrong one."""
