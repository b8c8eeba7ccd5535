"""What handover packs alone are made of: their parties, kinds, numbers and what makes them controlled papers."""
