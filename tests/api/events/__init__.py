"""The stream, heard by a client that nobody here wrote."""
