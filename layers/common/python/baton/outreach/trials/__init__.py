"""Words for the figures of a trial."""
