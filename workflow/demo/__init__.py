"""The demo: a sample agency whose orders went through the real lifecycle."""
