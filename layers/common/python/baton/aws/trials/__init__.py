"""Trials of drafts in the account: a job replays the leads of a period, page by page, and keeps counts alone."""
