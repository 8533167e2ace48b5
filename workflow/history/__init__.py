"""The history: what happened to an order, chained and signed, and what is proved by it."""
