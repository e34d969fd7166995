"""The agreement between marketing and sales: its model, the document that people write, and the checks of a draft."""
