"""Signals on their way to leads: batches, forms, webhooks, anonymous visitors, the quarantine."""
