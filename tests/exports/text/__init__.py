"""The reader: text files."""
