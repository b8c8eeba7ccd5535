"""Custody as it is shown: the tree of systems, what a certificate would say, and drawing one up."""
