"""The wizard that takes a file in."""
