"""One reader and one writer of dates, durations, numbers, shares, names and links, whatever they are part of."""
