"""Charts on the screen: any drawing painted in the colours in force, and the widget that shows a chart."""
