"""Commands on what proves that a plant can be handed over: acceptance, runs, gates, certificates."""
