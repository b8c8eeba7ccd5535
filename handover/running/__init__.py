"""What goes by the clock: proving runs and cutover nights, as pure functions over plain values."""
