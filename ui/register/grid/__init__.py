"""The table of a register: cells, heads, editors, keys, what is typed and pasted."""
