"""Reads the bodies of forms in any encoding that browsers, page builders and scripts send."""
