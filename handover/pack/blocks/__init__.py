"""Blocks of an outline that are made of many parts; the simple ones stand with the outline itself."""
