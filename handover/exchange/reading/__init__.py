"""A file from outside, read safely: from its bytes to a grid of cells."""
