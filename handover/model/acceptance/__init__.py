"""Acceptance: what is measured, tried and moved before a system is taken over, and what follows where it fails."""
