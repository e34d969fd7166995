"""Runs Baton on this machine: starts AWS (MiniStack), deploys the template to it, and shows what happens there."""
