"""Reads the webhooks of marketing tools: signatures, events, and the tools' own names."""
