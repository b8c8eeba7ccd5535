"""Text with headings, lists, bold, italic and pictures: its field, and what its document means in marks."""
