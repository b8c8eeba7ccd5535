"""Looking into PDFs and pictures: pages as PNG and the text of pages, drawn in a confined child."""
