"""The command `python -m baton.proposal`: proposes points for an agreement from lists that a CRM exports."""
