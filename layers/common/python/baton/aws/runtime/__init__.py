"""The environment of a function: settings, clients, time, secrets."""
