"""Acceptance as people work with it: the table of what is to be measured, and the chain of one parameter."""
