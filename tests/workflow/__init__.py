"""What may happen, and what follows."""
