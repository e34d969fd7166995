"""Decides whether a condition of a draft can hold for anybody: intervals, sets of words, automata of patterns."""
