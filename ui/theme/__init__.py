"""One visual system: named colours, type sizes, icons and marks for light and dark."""
