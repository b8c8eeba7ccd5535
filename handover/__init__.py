"""Handover: the core of the program, everything that works without a screen."""

import os

__version__ = "0.1.0"

# openpyxl writes through lxml where that is installed, as with what signs PDFs: other bytes, and another speed. So that
# a workbook doesn't depend on what else is installed, it writes in one way; it looks when it is first imported.
os.environ.setdefault("OPENPYXL_LXML", "False")
