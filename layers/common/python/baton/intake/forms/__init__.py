"""Reads forms of websites, and of the pages behind mailed links."""
