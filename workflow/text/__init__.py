"""Text: what people type, made safe to keep, to compare and to show."""
