"""The reader: single cells."""
