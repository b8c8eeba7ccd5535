"""The window around the pages: navigation, history, palette, jobs, messages."""
