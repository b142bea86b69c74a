"""The reader: rows that are no payments."""
