"""Acceptance on the screen: the table in which readings are typed, and the chain of one parameter."""
