"""What migrations do with rows, as acts in the change log."""
