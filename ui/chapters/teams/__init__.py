"""Pages of working groups: the meeting on the screen, the chart of seats, the score."""
