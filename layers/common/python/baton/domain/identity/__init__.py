"""Who a person is: ids of leads, and the company behind an address."""
