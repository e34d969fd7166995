"""What leaves Baton: the stream, the bus, mails."""
