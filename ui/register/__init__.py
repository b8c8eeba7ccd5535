"""The page of a register: its table, filters, detail form, bin and clipboard."""
