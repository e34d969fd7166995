"""Words and times for people, and text of strangers made safe."""
