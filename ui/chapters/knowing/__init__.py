"""What knowledge has in the window: risk of loss, the calendar of sessions, its papers and what is typed back."""
