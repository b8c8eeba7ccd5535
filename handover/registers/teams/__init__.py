"""What working groups show of themselves beside their tables: a meeting that goes on, scores, charts of seats."""
