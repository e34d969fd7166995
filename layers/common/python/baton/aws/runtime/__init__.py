"""What a function needs of its environment: settings, clients, time, secrets, retries."""
