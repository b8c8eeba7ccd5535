"""Commands on documents: what must be delivered, their numbers, transmittals, comment sheets, folders."""
