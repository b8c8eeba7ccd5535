"""Whether a pack is still what was made: its files held against its manifest and against what the workspace kept."""
