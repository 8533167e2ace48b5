"""The door for people, from the inside."""
