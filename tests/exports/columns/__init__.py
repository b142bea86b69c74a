"""The reader: headers and columns."""
