"""Imports of lists: the files, how far each came, the job."""
