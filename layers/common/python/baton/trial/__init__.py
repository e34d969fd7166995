"""Tries an agreement on lists of a CRM, on any machine: `python -m baton.trial`."""
