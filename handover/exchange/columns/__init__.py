"""Which column of a table fills which field of a register."""
