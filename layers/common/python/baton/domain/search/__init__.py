"""The words by which leads are found, and what somebody searches for."""
