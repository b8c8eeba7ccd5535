"""Certificates and custody in the window: the tree of systems, drawing up, signing."""
