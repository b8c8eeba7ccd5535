"""Steps of rows: the buttons, the questions, the reasons against."""
