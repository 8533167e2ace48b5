"""People: accounts, what opens them, and the agency itself."""
