"""Reads and checks everything that comes from outside: forms, signals, webhooks, lists, and what staff sends."""
