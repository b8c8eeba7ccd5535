"""The view of a matrix: held heads, cells that are filled by single keys, and what its rules find."""
