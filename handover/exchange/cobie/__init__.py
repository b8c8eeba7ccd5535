"""A COBie workbook as one import into several registers."""
