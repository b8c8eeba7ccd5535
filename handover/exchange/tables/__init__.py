"""The tables on a sheet, whatever they are about: from a grid to headings and rows."""
