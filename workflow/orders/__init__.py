"""Orders: all that is done with one, beside moving it along its lifecycle."""
