"""Looking into PDFs and pictures: pages as PNG and the text of pages, drawn in a confined child."""

#: A frozen program started with this as its first argument is the drawing child and nothing else.
CHILD_ARGUMENT = "--draw-a-file-in-the-child"
