"""Handover: the core of the program, everything that works without a screen."""

__version__ = "0.1.0"
