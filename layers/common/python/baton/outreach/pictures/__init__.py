"""Draws pictures for pages, as SVG without script."""
