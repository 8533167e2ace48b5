"""Stories of the history."""
