"""Stories of the board."""
