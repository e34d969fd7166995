"""Simulates what gives way on AWS when many forms come at once."""
