"""Plans of MS Project and Primavera P6: read, compared, stored and written."""
