"""Transmittals, comment sheets and revisions in the window."""
