"""How qualified a lead is, what hands it over, and what its review needs."""
