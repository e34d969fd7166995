"""Who may say what of a lead: the table of trust, and the rule by which of several words one stands."""
