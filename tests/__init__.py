"""The tests: stories in the same tree as the code."""
