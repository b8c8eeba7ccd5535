"""Outlines as PDF."""
