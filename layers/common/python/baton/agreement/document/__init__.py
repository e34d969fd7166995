"""The agreement as people write it: every clause of the YAML document."""
