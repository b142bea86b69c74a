"""The reader: workbooks."""
