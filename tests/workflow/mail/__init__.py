"""Stories of letters."""
