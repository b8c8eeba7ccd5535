"""The rows of a table as values: names turned into keys, rows matched with ours."""
