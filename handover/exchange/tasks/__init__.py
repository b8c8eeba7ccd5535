"""What only tasks need: their outline, their predecessors, their places."""
