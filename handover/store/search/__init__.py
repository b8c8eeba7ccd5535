"""The search index: its tables, where it lies, and how it is filled."""
