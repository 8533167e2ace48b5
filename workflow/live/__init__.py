"""Live: who is told at once, in every process."""
