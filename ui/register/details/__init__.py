"""One row of a register: its form, its parts, its history."""
