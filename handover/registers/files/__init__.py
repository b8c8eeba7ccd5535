"""Files beside rows: attached, found on disk, and opened again."""
