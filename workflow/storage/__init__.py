"""Storage: the bytes of files, what they are and how they are called."""
