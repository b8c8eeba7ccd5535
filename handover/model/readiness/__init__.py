"""Readiness for operation: criteria, reviews of gates, spare parts, emergency plans, what operators say."""
