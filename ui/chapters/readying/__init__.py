"""The pieces of the pages and dialogs of readiness and of the gates."""
