"""How a block gets a field after papers with such blocks have been issued."""

#: The metadata of such a field: what was frozen without it keeps its checksum.
LATER = {"later": True}
