"""What operations learns: courses and training, lessons, the manual and procedures they lead to, and fault cases."""
