"""Stage 5, plan: Site → the outputs to be, each with its context and key; what is stale and why."""
