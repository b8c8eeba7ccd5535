"""Cutover: the waves in which the new takes over from the old, their run sheets, and the way back."""
