"""Checks of single fields, and the faults that senders are told."""
