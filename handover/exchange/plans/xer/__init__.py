"""Plans of Primavera P6 in its own format XER."""
