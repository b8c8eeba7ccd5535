"""Proving runs and cutover nights over stored rows: clocks, logs, run sheets, and what of them is on today."""
