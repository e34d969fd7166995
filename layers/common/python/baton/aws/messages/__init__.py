"""Sends messages: the events of the table's stream to the bus, and mails."""
