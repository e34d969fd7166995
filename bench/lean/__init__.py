"""Holds this build beside an earlier one: what a lead costs on AWS, and what its functions' starts take."""
