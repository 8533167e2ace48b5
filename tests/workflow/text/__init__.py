"""Stories of what people type."""
