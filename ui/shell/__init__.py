"""What every page may use: the context, the page itself, jobs, messages, forms, help, and which pages there are."""
