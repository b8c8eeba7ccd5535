"""The rows of a file beside ours: what an import would do with each of them."""
