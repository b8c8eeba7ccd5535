"""Working calendars and the critical-path method: pure functions over plain values."""
