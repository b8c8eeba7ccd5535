"""Pictures of everything that the window shows, on the sample workspace."""
