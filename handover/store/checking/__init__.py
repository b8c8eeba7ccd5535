"""Whether a workspace is sound, what would mend it, and what can be saved of it."""
