"""Stories of parts of pages."""
