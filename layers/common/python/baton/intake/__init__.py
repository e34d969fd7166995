"""The outside's words, checked and turned into the domain's."""
