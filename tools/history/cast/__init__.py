"""Who and what is in the made-up history: its people, the words that they write, and their agreements."""
