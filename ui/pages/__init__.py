"""The pages that belong to no single register, and the catalogue of all pages."""
