"""What a working group does and owes: meetings, decisions, actions, goals, people lent, those who must hear."""
