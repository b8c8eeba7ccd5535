"""Charts as data and the drawings that come of them: pure functions, free of any screen, file format and database."""
