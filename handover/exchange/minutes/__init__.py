"""Minutes of others that come in as a form: the fields of their head, what was said, and their actions."""
