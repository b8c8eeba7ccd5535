"""The pages that belong to no single register, and how every page is made."""
