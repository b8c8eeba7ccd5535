"""What is written as a file of its own, beside the packs."""
