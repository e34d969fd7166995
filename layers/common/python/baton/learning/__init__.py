"""Learns from what became of leads which whole-number points would have served better, and how sure that is.

The only room that imports numpy. The shared layer leaves it out; as a Lambda it comes with a layer of its own.
"""
