"""The window around the pages, put together once: navigation, history, palette, files, copies."""
