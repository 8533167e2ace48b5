"""Stories of who hears at once."""
