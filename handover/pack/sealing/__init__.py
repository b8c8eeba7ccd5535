"""What is done to a PDF once it is printed: signed with a certificate, asked for signatures, locked by a password."""
