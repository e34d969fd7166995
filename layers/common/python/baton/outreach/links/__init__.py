"""Signs and reads the links in mails."""
