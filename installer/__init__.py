"""Set-up, packaging and installers; nothing of this is needed once the program is installed."""
