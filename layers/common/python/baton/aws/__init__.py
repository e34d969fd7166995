"""The edge: the table, the bus, the mail topic, secrets and HTTP, as AWS has them."""
