"""One module for each tool that sends webhooks."""
