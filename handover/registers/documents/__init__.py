"""What is particular to documents: their schemes, what is odd about them, their next revision, what comes in."""
