"""Jobs over all leads: scoring anew, finding forgotten ones."""
