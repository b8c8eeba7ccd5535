"""Proving runs: the rules of their contracts, their logs, their clocks, and the ramp-up after them."""
