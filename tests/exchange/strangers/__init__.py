"""Lists as strangers might make them, composed from the habits of the trade out of a truth that is known."""
