"""Stories of files on disk."""
