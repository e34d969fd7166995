"""What marketing and sales agreed: the document, its model, and how a draft of it is checked."""
