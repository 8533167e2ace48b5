"""Notifications: who hears of what, in which words, and by which channel."""
