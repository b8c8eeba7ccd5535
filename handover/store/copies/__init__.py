"""Copies of a workspace: made, thinned out, compared and restored."""
