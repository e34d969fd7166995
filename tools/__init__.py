"""Baton on this machine: starts AWS (MiniStack), deploys the template to it, and tells what happens there."""
