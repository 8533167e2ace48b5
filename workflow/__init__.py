"""What may happen, and what follows: the domain, which runs without any web server."""
