"""Making the process plant's requirements of the CFIHOS reference data."""
