"""What a chapter has in the pack besides its registers, one module each, found by the chapter's key."""
