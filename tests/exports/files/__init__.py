"""The reader: the file as it lies there."""
