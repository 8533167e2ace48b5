"""Stories of the demo."""
