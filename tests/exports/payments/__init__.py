"""The reader: the payments of a file, column by column."""
