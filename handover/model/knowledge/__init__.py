"""What operations must know: items, who holds them, who receives them, and the proof that they do."""
