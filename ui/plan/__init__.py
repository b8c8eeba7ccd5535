"""The plan in the window: the Gantt chart with its task tree, baselines, trying things out, reports and calendars."""
