"""Which list of a file is wanted, and which others the file holds."""
