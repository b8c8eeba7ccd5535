"""Readying a project: phases, milestones, gates and criteria of its industry, and what stands at a gate."""
