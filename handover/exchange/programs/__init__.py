"""What the files of other programs, and our own exports, mean by their columns."""
