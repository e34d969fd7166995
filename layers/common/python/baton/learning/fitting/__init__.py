"""Chooses rules, learns whole points for them, and says how sure they are: arrays of leads and rules, no agreement."""
