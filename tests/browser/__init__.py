"""The stories that need a real browser, a real server and several people at once."""
