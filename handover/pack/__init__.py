"""Handover packs: what was chosen becomes a neutral outline, and the outline becomes a PDF and a workbook."""
