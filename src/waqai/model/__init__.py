"""The records that pass between the stages: frozen, typed, and importing nothing else of waqai."""
