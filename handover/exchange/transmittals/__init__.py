"""Transmittals that come in: read from a workbook, a folder or an archive, held against the register, taken in."""
