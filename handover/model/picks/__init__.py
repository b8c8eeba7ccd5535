"""Pick lists: their entries, and the lists and templates that a project begins with."""
