"""Tools for the senders' modules: deliveries, signatures, names, ids, and answers."""
