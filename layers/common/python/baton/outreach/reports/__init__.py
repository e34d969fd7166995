"""Reports as a page, a mail, or CSV."""
