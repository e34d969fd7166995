"""Builds and takes apart every key of the table and its two indexes, by subject; no other module spells one."""
