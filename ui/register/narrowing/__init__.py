"""Filters of a register and the views that keep them."""
