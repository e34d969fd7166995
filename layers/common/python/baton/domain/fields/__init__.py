"""The fields of requests: what is wrong with one, in words for the sender."""
