"""Documents, their revisions and reviews, transmittals, transfer errors and boxes of paper."""
