"""The clauses of the YAML document, as people write them."""
