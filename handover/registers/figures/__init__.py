"""What is counted and dated over many registers: overview, blockers, measures, and the bars of charts."""
