"""Files that a workspace keeps, and the medium on which it lies."""
