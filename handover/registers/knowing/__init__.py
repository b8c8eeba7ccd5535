"""What knowledge shows besides its registers: risk of loss and what to do next, sessions in their days, likenesses."""
