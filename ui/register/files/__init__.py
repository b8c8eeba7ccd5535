"""The files of a row: listed, previewed, attached, opened."""
