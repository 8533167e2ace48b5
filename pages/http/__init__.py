"""Plain routes: files that come and go."""
