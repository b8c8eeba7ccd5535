"""The plan of a project over its stored rows: what the schedule gives, and what is shown and moved of it."""
