"""Papers of knowledge that are filled in by hand: sheets of verification and guides of interviews."""
