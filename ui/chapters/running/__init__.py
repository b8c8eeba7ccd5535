"""The clock of a proving run and the run sheet of a cutover in the window."""
