"""Finding rows and files by words, from what is typed to the excerpt that shows why."""
