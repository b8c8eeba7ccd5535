"""Certificates as papers, and the act of signing them."""
