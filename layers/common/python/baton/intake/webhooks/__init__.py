"""What marketing tools tell by webhook: who may, what they mean by it, and in which words."""
