"""Registers: what each list shows, declared once and read by the table, the form, files, packs and command line."""
