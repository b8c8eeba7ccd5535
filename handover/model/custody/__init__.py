"""Certificates and custody: who has a system in hand, and the signed papers by which it passes."""
