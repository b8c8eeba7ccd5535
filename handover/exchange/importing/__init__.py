"""One import from the file to its report: what the window and the command line call."""
