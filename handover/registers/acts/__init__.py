"""What is done to rows: edits, steps, rows put back, texts replaced, transmittals issued."""
