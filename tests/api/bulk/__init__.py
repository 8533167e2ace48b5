"""Bulk work by programs."""
