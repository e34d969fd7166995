"""Reading a draft: YAML, its faults in words, its differences, its JSON Schema."""
