"""What must be delivered: templates of requirements, and the documents that requirements ask for."""
