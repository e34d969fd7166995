"""What is likely wrong with a draft, though it may be meant so: names that nobody knows, forms that go, empty teams."""
