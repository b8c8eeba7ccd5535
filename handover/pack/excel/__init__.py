"""Outlines as workbooks."""
