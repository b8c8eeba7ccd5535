"""Files in and out: reading workbooks and plans, mapping them, and writing what can be read back."""
