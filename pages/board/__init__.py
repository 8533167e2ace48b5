"""The board: lists of orders, each of them data that one component shows."""
