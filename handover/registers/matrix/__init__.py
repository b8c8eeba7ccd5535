"""Matrices: registers that tie two others together, read and filled as a table of one against the other."""
