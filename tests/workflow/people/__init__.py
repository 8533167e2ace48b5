"""Stories of accounts."""
