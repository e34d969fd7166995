"""The schemas of the API's answers, by subject."""
